using System.Text.Json.Serialization;
using Mila.Signage.Panels;

namespace Mila.Signage.Members;

/// <summary>
/// What Membership has told us of a member. Handlers of different notifications run beside each other, so what it shows and how it stands each keep the newest
/// that was told, by the member's revision.
/// </summary>
internal sealed class KnownMember : IDocument
{
    [JsonConstructor]
    private KnownMember(Guid id, PanelContent? shows, int profileRevision, string status, int standingRevision) =>
        (Id, Shows, ProfileRevision, Status, StandingRevision) = (id, shows, profileRevision, status, standingRevision);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>What a panel of its own would say; null until a notification has said it: a lease may arrive before the admission.</summary>
    public PanelContent? Shows { get; private set; }

    public int ProfileRevision { get; private set; }

    /// <summary><c>candidate</c>, <c>active</c>, <c>suspended</c> or <c>left</c>.</summary>
    public string Status { get; private set; }

    public int StandingRevision { get; private set; }

    /// <summary>
    /// The member as it is known; blank when nothing was told yet. Its row stays locked: whoever joins a panel to a member and whoever carries the member's news
    /// to its panels take turns, so that neither misses the other. Where there is no row yet, both store one, and the second is taken again.
    /// </summary>
    public static async Task<KnownMember> FindLockedAsync(IDocumentSession session, Guid memberId, CancellationToken ct) =>
        await session.LoadLockedAsync<KnownMember>(memberId, ct) ?? new KnownMember(memberId, shows: null, profileRevision: 0, "candidate", standingRevision: 0);

    /// <summary>True when this was news.</summary>
    public bool Is(PanelContent shows, int revision)
    {
        if (revision <= ProfileRevision) return false;

        (Shows, ProfileRevision) = (shows, revision);
        return true;
    }

    /// <summary>True when this was news.</summary>
    public bool Stands(string status, int revision)
    {
        if (revision <= StandingRevision) return false;

        (Status, StandingRevision) = (status, revision);
        return true;
    }
}
