using Mila.Membership.Contracts;
using Mila.Signage.Panels;

namespace Mila.Signage.Members;

/// <summary>From now on the member is known here, and a panel that waited for its name has it.</summary>
internal sealed class WhenMemberAdmitted(IDocumentSession session, TimeProvider clock) : INotificationHandler<MemberAdmitted>
{
    public async Task Handle(MemberAdmitted notification, CancellationToken ct)
    {
        var member = await KnownMember.FindLockedAsync(session, notification.MemberId, ct);
        var before = member.Shows;
        var shows = (before ?? PanelContent.Blank) with { CompanyName = notification.Name, Activity = string.Join(", ", notification.Activities) };
        var news = member.Is(shows, notification.Revision);
        if (!member.Stands("active", notification.Revision) && !news) return;

        await MemberPanels.TellAsync(session, member, before, clock.GetUtcNow(), ct);
    }
}
