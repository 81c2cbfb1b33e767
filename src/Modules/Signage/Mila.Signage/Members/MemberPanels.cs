using Mila.BuildingBlocks.Values;
using Mila.Signage.Panels;

namespace Mila.Signage.Members;

/// <summary>Carries a member's news to the panels that name it.</summary>
internal static class MemberPanels
{
    /// <summary>Store the member as it is known now, and each of its panels that it changes.</summary>
    /// <param name="session">Stores both.</param>
    /// <param name="member">As it is known now; its row is locked.</param>
    /// <param name="before">What it showed before.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Stops reading.</param>
    public static async Task TellAsync(IDocumentSession session, KnownMember member, PanelContent? before, DateTimeOffset now, CancellationToken ct)
    {
        session.Store(member);
        foreach (var panel in await session.Query<Panel>().Where(p => p.MemberId == member.Id && p.Stage != PanelStage.Retired).ToListAsync(ct))
        {
            var reads = member.Shows is { } shows && panel.Follow(before, shows, now);
            if (panel.Stands(member.Status, now) || reads) session.Store(panel);
        }
    }

    /// <summary>What a panel would say of a member that reads so. An address to which no passer-by may be sent is left out.</summary>
    public static PanelContent ContentOf(
        string name, string? taglineFr, string? taglineEn, IReadOnlyList<string> activities, string? website, string? logoUrl, IReadOnlyList<string>? notableArtists) => new(
        name, taglineFr is { Length: > 0 } fr ? new LocalizedText(fr, taglineEn) : null, string.Join(", ", activities), PublicWebsite.Of(website) is null ? null : website,
        PublicWebsite.Of(logoUrl) is null ? null : logoUrl, notableArtists ?? []);
}
