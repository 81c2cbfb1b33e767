using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;
using Mila.Hosting.Members;
using Mila.Hosting.Spaces;

namespace Mila.Hosting.Leases;

/// <summary>A space put at a member's disposal for a term.</summary>
internal sealed class Lease : IDocument
{
    [JsonConstructor]
    private Lease(
        Guid id, Guid memberId, string spaceCode, SpaceKind spaceKind, DateOnly startsOn, DateOnly endsOn, LeaseStatus status, bool hasRun, DateOnly? terminatedOn, string? note,
        int termRevision, DateTimeOffset updatedAt, ImportMark? import)
    {
        (Id, MemberId, SpaceCode, SpaceKind, StartsOn, EndsOn) = (id, memberId, spaceCode, spaceKind, startsOn, endsOn);
        (Status, HasRun, TerminatedOn, Note, TermRevision, UpdatedAt, Import) = (status, hasRun, terminatedOn, note, termRevision, updatedAt, import);
    }

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid MemberId { get; }

    public string SpaceCode { get; }

    /// <summary>Kept here because the term is counted by it.</summary>
    public SpaceKind SpaceKind { get; }

    public DateOnly StartsOn { get; }

    /// <summary>Last day, included.</summary>
    public DateOnly EndsOn { get; private set; }

    public LeaseStatus Status { get; private set; }

    /// <summary>False for a lease that was called off before its first day: it takes no space and no time.</summary>
    public bool HasRun { get; private set; }

    /// <summary>The day on which somebody ended it, where it did not end by itself.</summary>
    public DateOnly? TerminatedOn { get; private set; }

    /// <summary>For the staff.</summary>
    public string? Note { get; private set; }

    /// <summary>Grows with each change of the term: a timer that was set for an older term is ignored.</summary>
    public int TermRevision { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The file item it was made from, if any.</summary>
    public ImportMark? Import { get; set; }

    [JsonIgnore]
    public Period Term => new(StartsOn, EndsOn);

    /// <summary>Whether its days are taken: those of a lease that was called off are free.</summary>
    [JsonIgnore]
    public bool TakesItsDays => Status is not LeaseStatus.Ended || HasRun;

    /// <summary>Sign a lease, most specific refusal first: the space, the member, these days of the space, all the time of the company.</summary>
    public static Result<Lease> Sign(Guid id, KnownMember member, Space space, Period term, string? note, IReadOnlyList<Lease> ofSpace, IReadOnlyList<Lease> ofMember, DateOnly today, DateTimeOffset now)
    {
        if (term.Until < term.From) return LeaseErrors.EndsBeforeStart.At("/endsOn");
        if (!space.CanBeLeased) return LeaseErrors.SpaceNotLeased;
        if (!member.IsActive) return LeaseErrors.MemberNotActive;
        if (ofSpace.Any(l => l.TakesItsDays && l.Term.Overlaps(term))) return LeaseErrors.Overlaps;
        if (IsTooLong(space.Kind, term, ofMember)) return LeaseErrors.TermExceeded;

        var status = term.From > today ? LeaseStatus.Planned : term.Until >= today ? LeaseStatus.Running : LeaseStatus.Ended;
        return new Lease(id, member.Id, space.Code, space.Kind, term.From, term.Until, status, hasRun: status is not LeaseStatus.Planned, terminatedOn: null, note, termRevision: 1, updatedAt: now, import: null);
    }

    /// <summary>Its first day has come. False when this is the timer of an older term, or has been seen before.</summary>
    public bool Start(int termRevision, DateTimeOffset now)
    {
        if (Status is not LeaseStatus.Planned || termRevision != TermRevision) return false;

        (Status, HasRun, UpdatedAt) = (LeaseStatus.Running, true, now);
        return true;
    }

    /// <summary>Its last day is over. False when this is the timer of an older term, or has been seen before.</summary>
    public bool Expire(int termRevision, DateTimeOffset now)
    {
        if (Status is not LeaseStatus.Running || termRevision != TermRevision) return false;

        (Status, UpdatedAt) = (LeaseStatus.Ended, now);
        return true;
    }

    /// <summary>Let it go on until a later day.</summary>
    public Result Renew(KnownMember member, DateOnly endsOn, IReadOnlyList<Lease> ofSpace, IReadOnlyList<Lease> ofMember, DateTimeOffset now)
    {
        if (Status is LeaseStatus.Ended) return LeaseErrors.Ended;
        if (Status is LeaseStatus.Planned) return LeaseErrors.NotStarted;
        if (endsOn <= EndsOn) return LeaseErrors.RenewalNotLater.At("/endsOn");
        if (!member.IsActive) return LeaseErrors.MemberNotActive;

        var term = Term with { Until = endsOn };
        if (ofSpace.Any(l => l.Id != Id && l.TakesItsDays && l.Term.Overlaps(term))) return LeaseErrors.Overlaps;
        if (IsTooLong(SpaceKind, term, ofMember.Where(l => l.Id != Id))) return LeaseErrors.TermExceeded;

        EndsOn = endsOn;
        Retime(now);
        return Result.Done;
    }

    /// <summary>End it on a day before the agreed one; call it off while it has not started. True when it has ended by that, false while its new last day is to come.</summary>
    public Result<bool> Terminate(DateOnly on, DateOnly today, DateTimeOffset now)
    {
        if (Status is LeaseStatus.Ended) return LeaseErrors.Ended;
        if (Status is LeaseStatus.Running && on > EndsOn) return LeaseErrors.TerminationNotEarlier.At("/endsOn");
        if (Status is LeaseStatus.Running && on < StartsOn) return LeaseErrors.TerminationBeforeStart.At("/endsOn");

        TerminatedOn = today;
        if (Status is LeaseStatus.Running) EndsOn = on;
        if (Status is LeaseStatus.Planned || on <= today) Status = LeaseStatus.Ended;
        Retime(now);
        return Status is LeaseStatus.Ended;
    }

    public void Annotate(string? note, DateTimeOffset now) => (Note, UpdatedAt) = (note, now);

    private void Retime(DateTimeOffset now)
    {
        TermRevision++;
        UpdatedAt = now;
    }

    private static bool IsTooLong(SpaceKind kind, Period term, IEnumerable<Lease> others) =>
        Occupancy.Counts(kind) && Occupancy.IsExceededBy([term, .. others.Where(l => l.TakesItsDays && Occupancy.Counts(l.SpaceKind)).Select(l => l.Term)]);
}

/// <summary>How far a lease has come.</summary>
internal enum LeaseStatus
{
    /// <summary>Signed; its first day is to come.</summary>
    Planned,

    /// <summary>The space is at the member's disposal.</summary>
    Running,

    /// <summary>Over, or called off.</summary>
    Ended,
}
