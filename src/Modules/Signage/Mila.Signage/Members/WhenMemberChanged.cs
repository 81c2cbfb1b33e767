using Mila.BuildingBlocks.Values;
using Mila.Membership.Contracts;
using Mila.Signage.Panels;

namespace Mila.Signage.Members;

/// <summary>What is not printed yet follows the member; a print that now says something else is stale.</summary>
internal sealed class WhenMemberChanged(IDocumentSession session, TimeProvider clock) : INotificationHandler<MemberChanged>
{
    public async Task Handle(MemberChanged notification, CancellationToken ct)
    {
        var member = await KnownMember.FindLockedAsync(session, notification.MemberId, ct);
        var before = member.Shows;
        var news = member.Is(ShownBy(notification), notification.Revision);
        if (!member.Stands(notification.Status, notification.Revision) && !news) return;

        await MemberPanels.TellAsync(session, member, before, clock.GetUtcNow(), ct);
    }

    private static PanelContent ShownBy(MemberChanged m) => new(
        m.Name, m.TaglineFr is { Length: > 0 } fr ? new LocalizedText(fr, m.TaglineEn) : null, string.Join(", ", m.Activities), PublicWebsite.Of(m.Website) is null ? null : m.Website,
        PublicWebsite.Of(m.LogoUrl) is null ? null : m.LogoUrl, m.NotableArtists);
}
