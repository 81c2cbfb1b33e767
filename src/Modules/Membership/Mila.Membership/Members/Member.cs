using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Values;
using Mila.Membership.Affiliations;

namespace Mila.Membership.Members;

/// <summary>A company that belongs to the association, asks to, or did.</summary>
internal sealed class Member : IDocument
{
    [JsonConstructor]
    private Member(
        Guid id, string slug, MemberProfile profile, MemberStatus status, Affiliation? affiliation, AffiliationHistory history, DateOnly? admittedOn, DateOnly? leftOn, Suspension? suspension,
        int revision, DateTimeOffset updatedAt, ImportMark? import)
    {
        (Id, Slug, Profile, Status, Affiliation, History) = (id, slug, profile, status, affiliation, history);
        (AdmittedOn, LeftOn, Suspension, Revision, UpdatedAt, Import) = (admittedOn, leftOn, suspension, revision, updatedAt, import);
    }

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Its address in the directory; never changes, because links to it do not.</summary>
    public string Slug { get; }

    public MemberProfile Profile { get; private set; }

    public MemberStatus Status { get; private set; }

    /// <summary>How it belongs today: what <see cref="History"/> says, taken over on the day by <see cref="AffiliationDue"/>. Null while nothing is decided of a candidate.</summary>
    public Affiliation? Affiliation { get; private set; }

    public AffiliationHistory History { get; private set; }

    /// <summary>First day of its present or last membership.</summary>
    public DateOnly? AdmittedOn { get; private set; }

    /// <summary>Last day of its membership.</summary>
    public DateOnly? LeftOn { get; private set; }

    public Suspension? Suspension { get; private set; }

    /// <summary>Grows with each change: the <c>version</c> of webhooks, and what copies in other modules are guarded by.</summary>
    public int Revision { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The file item it was made from, if any.</summary>
    public ImportMark? Import { get; set; }

    /// <summary>What lists sort and search by: the words of the name without capitals and accents, so that Éclat stands among the E and is found as eclat.</summary>
    public string SortKey => Slugs.Of(Profile.Name, "~").Replace('-', ' ');

    /// <summary>Whether it may have what is for members.</summary>
    [JsonIgnore]
    public bool GoodStanding => Status is MemberStatus.Active;

    /// <summary>Whether other modules have been told of it.</summary>
    [JsonIgnore]
    public bool IsKnown => Status is not MemberStatus.Candidate;

    public static Member Propose(Guid id, string slug, MemberProfile profile, DateTimeOffset now) =>
        new(id, slug, profile, MemberStatus.Candidate, affiliation: null, AffiliationHistory.Empty, admittedOn: null, leftOn: null, suspension: null, revision: 1, updatedAt: now, import: null);

    /// <summary>Say it anew. Names the members of the resource that changed; none means nothing did.</summary>
    public IReadOnlyList<string> Change(MemberProfile profile, DateTimeOffset now)
    {
        var fields = Changed(profile);
        if (fields.Count == 0) return fields;

        Profile = profile;
        Touch(now);
        return fields;
    }

    /// <summary>Admit a candidate, or a company that had left.</summary>
    public Result Admit(DateOnly on, DateOnly today, DateTimeOffset now)
    {
        if (Status is MemberStatus.Active) return MemberErrors.AlreadyActive;
        if (Status is MemberStatus.Suspended) return MemberErrors.Suspended;
        if (on > today) return MemberErrors.AdmissionInFuture.At("/on");
        if (on <= LeftOn) return MemberErrors.AdmissionBeforeDeparture.At("/on");

        (Status, AdmittedOn, LeftOn) = (MemberStatus.Active, on, null);
        History = History with { Since = History.Since ?? on };
        Affiliation = History.On(today);
        Touch(now);
        return Result.Done;
    }

    public Result Suspend(string? reason, DateTimeOffset now)
    {
        if (Status is MemberStatus.Candidate) return MemberErrors.Candidate;
        if (Status is MemberStatus.Suspended) return MemberErrors.Suspended;
        if (Status is MemberStatus.Left) return MemberErrors.Left;

        (Status, Suspension) = (MemberStatus.Suspended, new Suspension(reason, now));
        Touch(now);
        return Result.Done;
    }

    public Result Reinstate(DateTimeOffset now)
    {
        if (Status is MemberStatus.Candidate) return MemberErrors.Candidate;
        if (Status is MemberStatus.Active) return MemberErrors.AlreadyActive;
        if (Status is MemberStatus.Left) return MemberErrors.Left;

        (Status, Suspension) = (MemberStatus.Active, null);
        Touch(now);
        return Result.Done;
    }

    /// <summary>End the membership. A lease that still runs goes on, and so does the affiliation that follows from it: both end by themselves.</summary>
    public Result Leave(DateOnly on, DateOnly today, DateTimeOffset now)
    {
        if (Status is MemberStatus.Candidate) return MemberErrors.Candidate;
        if (Status is MemberStatus.Left) return MemberErrors.Left;
        if (on > today) return MemberErrors.DepartureInFuture.At("/on");
        if (on < AdmittedOn) return MemberErrors.DepartureBeforeAdmission.At("/on");

        (Status, LeftOn, Suspension) = (MemberStatus.Left, on, null);
        Touch(now);
        return Result.Done;
    }

    /// <summary>Take a new history over. True when today's affiliation is another than before.</summary>
    public bool Belongs(AffiliationHistory history, DateOnly today, DateTimeOffset now)
    {
        History = history;
        var before = Affiliation;
        Affiliation = history.On(today);
        Touch(now);
        return Affiliation != before;
    }

    private void Touch(DateTimeOffset now)
    {
        Revision++;
        UpdatedAt = now;
    }

    private List<string> Changed(MemberProfile profile)
    {
        var fields = new List<string>();
        if (profile.Name != Profile.Name) fields.Add("name");
        if (profile.Siren != Profile.Siren) fields.Add("siren");
        if (!profile.Activities.SequenceEqual(Profile.Activities)) fields.Add("activities");
        if (profile.Tagline != Profile.Tagline) fields.Add("tagline");
        if (profile.Website != Profile.Website) fields.Add("website");
        if (profile.LogoUrl != Profile.LogoUrl) fields.Add("logoUrl");
        if (!profile.NotableArtists.SequenceEqual(Profile.NotableArtists, StringComparer.Ordinal)) fields.Add("notableArtists");
        return fields;
    }
}
