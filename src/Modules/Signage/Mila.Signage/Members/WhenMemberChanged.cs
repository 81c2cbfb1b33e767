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

    private static PanelContent ShownBy(MemberChanged m) => MemberPanels.ContentOf(m.Name, m.TaglineFr, m.TaglineEn, m.Activities, m.Website, m.LogoUrl, m.NotableArtists);
}
