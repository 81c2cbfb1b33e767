using Mila.Membership.Contracts;
using Mila.Signage.Panels;

namespace Mila.Signage.Members;

/// <summary>From now on the member is known here, and a panel that waited for it says what it should.</summary>
internal sealed class WhenMemberAdmitted(IDocumentSession session, TimeProvider clock) : INotificationHandler<MemberAdmitted>
{
    public async Task Handle(MemberAdmitted notification, CancellationToken ct)
    {
        var member = await KnownMember.FindLockedAsync(session, notification.MemberId, ct);
        var before = member.Shows;
        var news = member.Is(ShownBy(notification), notification.Revision);
        if (!member.Stands("active", notification.Revision) && !news) return;

        await MemberPanels.TellAsync(session, member, before, clock.GetUtcNow(), ct);
    }

    private static PanelContent ShownBy(MemberAdmitted m) => MemberPanels.ContentOf(m.Name, m.TaglineFr, m.TaglineEn, m.Activities, m.Website, m.LogoUrl, m.NotableArtists);
}
