using System.Text.Json.Serialization;
using Mila.Events.Registrations;

namespace Mila.Events.Members;

/// <summary>
/// What Membership has told us of a member. Handlers of different notifications run beside each other, so who it is and how it stands each keep the newest
/// that was told, by the member's revision.
/// </summary>
internal sealed class KnownMember : IDocument
{
    [JsonConstructor]
    private KnownMember(Guid id, string? name, string? affiliation, int profileRevision, string status, bool goodStanding, int standingRevision) =>
        (Id, Name, Affiliation, ProfileRevision, Status, GoodStanding, StandingRevision) = (id, name, affiliation, profileRevision, status, goodStanding, standingRevision);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Null until a notification has said it: a suspension may arrive before the admission.</summary>
    public string? Name { get; private set; }

    /// <summary>The name as typed names of organisations are compared: who types it comes for this member.</summary>
    public string? NameKey => Name is null ? null : Parties.NameOf(Parties.Of(null, Name, ""));

    public string? Affiliation { get; private set; }

    public int ProfileRevision { get; private set; }

    /// <summary><c>candidate</c>, <c>active</c>, <c>suspended</c> or <c>left</c>.</summary>
    public string Status { get; private set; }

    public bool GoodStanding { get; private set; }

    public int StandingRevision { get; private set; }

    /// <summary>The member as it is known; nameless when nothing was told yet.</summary>
    public static async Task<KnownMember> FindAsync(IQuerySession session, Guid memberId, CancellationToken ct) =>
        await session.LoadAsync<KnownMember>(memberId, ct) ?? Nobody(memberId);

    public static KnownMember Nobody(Guid memberId) => new(memberId, name: null, affiliation: null, profileRevision: 0, "candidate", goodStanding: false, standingRevision: 0);

    public KnownMember Is(string name, string affiliation, int revision)
    {
        if (revision > ProfileRevision) (Name, Affiliation, ProfileRevision) = (name, affiliation, revision);
        return this;
    }

    public KnownMember Stands(string status, bool goodStanding, int revision)
    {
        if (revision > StandingRevision) (Status, GoodStanding, StandingRevision) = (status, goodStanding, revision);
        return this;
    }
}
