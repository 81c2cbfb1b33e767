using System.Text.Json.Serialization;

namespace Mila.Hosting.Members;

/// <summary>
/// What Membership has told us of a member. Handlers of different notifications run beside each other, so what it is called and how it stands each keep the newest
/// that was told, by the member's revision.
/// </summary>
internal sealed class KnownMember : IDocument
{
    [JsonConstructor]
    private KnownMember(Guid id, string? name, int nameRevision, string status, int standingRevision) =>
        (Id, Name, NameRevision, Status, StandingRevision) = (id, name, nameRevision, status, standingRevision);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Null until a notification has said it: a suspension may arrive before the admission.</summary>
    public string? Name { get; private set; }

    public int NameRevision { get; private set; }

    /// <summary><c>candidate</c>, <c>active</c>, <c>suspended</c> or <c>left</c>.</summary>
    public string Status { get; private set; }

    public int StandingRevision { get; private set; }

    /// <summary>Only an active member gets a lease.</summary>
    [JsonIgnore]
    public bool IsActive => Status == "active";

    /// <summary>A member of whom nothing was told yet.</summary>
    public static KnownMember Unheard(Guid memberId) => new(memberId, name: null, nameRevision: 0, "candidate", standingRevision: 0);

    /// <summary>The member as it is known.</summary>
    public static async Task<KnownMember> FindAsync(IQuerySession session, Guid memberId, CancellationToken ct) =>
        await session.LoadAsync<KnownMember>(memberId, ct) ?? Unheard(memberId);

    public KnownMember Is(string name, int revision)
    {
        if (revision > NameRevision) (Name, NameRevision) = (name, revision);
        return this;
    }

    public KnownMember Stands(string status, int revision)
    {
        if (revision > StandingRevision) (Status, StandingRevision) = (status, revision);
        return this;
    }
}
