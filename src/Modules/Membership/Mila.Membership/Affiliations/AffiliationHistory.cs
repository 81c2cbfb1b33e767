namespace Mila.Membership.Affiliations;

/// <summary>
/// How a member belongs on any date, from three sources: it is a beneficiary since its admission; each lease makes it a shop or of the pole while it runs, and a beneficiary
/// again after; and what the staff decides from a date holds until a lease that starts or ends later.
/// </summary>
/// <param name="Since">First admission; null before.</param>
/// <param name="Decisions">What the staff decided, at most one a day, by date.</param>
/// <param name="Stays">The leases that Hosting told us of.</param>
internal sealed record AffiliationHistory(DateOnly? Since, IReadOnlyList<AffiliationDecision> Decisions, IReadOnlyList<Stay> Stays)
{
    /// <summary>Of a company that has just been proposed.</summary>
    public static AffiliationHistory Empty { get; } = new(null, [], []);

    /// <summary>The affiliation on a day; null before the first is known.</summary>
    public Affiliation? On(DateOnly day) => Ruling(day)?.Affiliation;

    /// <summary>Every change of affiliation by date, those to come included, and every decision.</summary>
    public IReadOnlyList<AffiliationEntry> Entries()
    {
        var entries = new List<AffiliationEntry>();
        foreach (var day in Turns())
        {
            if (Ruling(day) is not { } ruling) continue;
            if (entries is [.., var last] && last.Affiliation == ruling.Affiliation && !Decisions.Any(d => d.From == day && ruling.Cause is AffiliationCause.Staff)) continue;

            entries.Add(new AffiliationEntry(day, ruling.Affiliation, ruling.Cause));
        }

        return entries;
    }

    /// <summary>The staff decides; another decision from the same day is replaced.</summary>
    public AffiliationHistory Decided(Affiliation affiliation, DateOnly from) =>
        this with { Decisions = [.. Decisions.Where(d => d.From != from).Append(new AffiliationDecision(from, affiliation)).OrderBy(d => d.From)] };

    /// <summary>A lease runs, or will, until its agreed last day. Hearing of it again takes over what is agreed by now; of one that is over, nothing.</summary>
    public AffiliationHistory Running(Guid leaseId, Affiliation affiliation, DateOnly from, DateOnly? agreedUntil = null) =>
        Stays.FirstOrDefault(s => s.LeaseId == leaseId) is not { } known ? this with { Stays = [.. Stays, new Stay(leaseId, affiliation, from, Until: null, agreedUntil)] }
        : known.Until is not null || known.AgreedUntil == agreedUntil ? this
        : this with { Stays = [.. Stays.Select(s => s == known ? known with { AgreedUntil = agreedUntil } : s)] };

    /// <summary>A lease will not start.</summary>
    public AffiliationHistory CalledOff(Guid leaseId) => Stays.Any(s => s.LeaseId == leaseId) ? this with { Stays = [.. Stays.Where(s => s.LeaseId != leaseId)] } : this;

    /// <summary>
    /// A lease is over after this day. When that is today, Hosting ended it today: the member is free of it at once, because nobody is hosted by a lease that has ended. Hearing of it again changes nothing.
    /// </summary>
    public AffiliationHistory Over(Guid leaseId, DateOnly endedOn, DateOnly today)
    {
        if (!Stays.Any(s => s.LeaseId == leaseId && s.Until is null)) return this;

        var until = endedOn < today ? endedOn : today.AddDays(-1);
        return this with { Stays = [.. Stays.Select(s => s.LeaseId == leaseId ? s with { Until = until } : s).Where(s => s.Until is null || s.From <= s.Until)] };
    }

    private SortedSet<DateOnly> Turns() =>
        [.. Since is { } since ? [since] : Array.Empty<DateOnly>(), .. Decisions.Select(d => d.From), .. Stays.Select(s => s.From), .. Stays.Select(s => s.LastDay()).OfType<DateOnly>().Select(last => last.AddDays(1))];

    private (Affiliation Affiliation, AffiliationCause Cause)? Ruling(DateOnly day)
    {
        var decision = Decisions.LastOrDefault(d => d.From <= day);
        if (Stays.Where(s => s.Covers(day)).MaxBy(s => s.From) is { } stay)
        {
            return decision?.From > stay.From ? (decision.Affiliation, AffiliationCause.Staff) : (stay.Affiliation, AffiliationCause.Lease);
        }

        var ended = Stays.Where(s => s.LastDay() < day).MaxBy(s => s.LastDay())?.LastDay();
        if (decision is not null && !(decision.From <= ended)) return (decision.Affiliation, AffiliationCause.Staff);
        if (ended is not null) return (Affiliation.Beneficiary, AffiliationCause.Lease);

        return day >= Since ? (Affiliation.Beneficiary, AffiliationCause.Staff) : null;
    }
}

/// <summary>How a member belongs.</summary>
internal enum Affiliation
{
    /// <summary>Hosted in a street shop.</summary>
    Shop,

    /// <summary>Hosted in the business centre: an office, a desk or a studio.</summary>
    Pole,

    /// <summary>Not hosted.</summary>
    Beneficiary,
}

/// <summary>Why it changed.</summary>
internal enum AffiliationCause
{
    /// <summary>The staff said so: an admission or a decision.</summary>
    Staff,

    /// <summary>A lease started or ended.</summary>
    Lease,
}

/// <summary>What holds from a day on.</summary>
/// <param name="From">First day.</param>
/// <param name="Affiliation">How the member belongs from then on.</param>
/// <param name="Cause">Why.</param>
internal sealed record AffiliationEntry(DateOnly From, Affiliation Affiliation, AffiliationCause Cause);

/// <summary>What the staff decided.</summary>
internal sealed record AffiliationDecision(DateOnly From, Affiliation Affiliation);

/// <summary>A lease, as far as it says how the member belongs.</summary>
/// <param name="LeaseId">The lease.</param>
/// <param name="Affiliation">What it makes the member.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day, once it is over.</param>
/// <param name="AgreedUntil">Last day as agreed, which counts until it is over; null where nobody has said.</param>
internal sealed record Stay(Guid LeaseId, Affiliation Affiliation, DateOnly From, DateOnly? Until, DateOnly? AgreedUntil = null)
{
    public DateOnly? LastDay() => Until ?? AgreedUntil;

    public bool Covers(DateOnly day) => From <= day && !(LastDay() < day);
}
