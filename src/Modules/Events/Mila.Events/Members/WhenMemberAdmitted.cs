using Mila.Events.Waiting;
using Mila.Membership.Contracts;

namespace Mila.Events.Members;

/// <summary>From now on the member is known here; one that had left is a member again also in the lines in which it stands.</summary>
internal sealed class WhenMemberAdmitted(IDocumentSession session) : INotificationHandler<MemberAdmitted>
{
    public async Task Handle(MemberAdmitted notification, CancellationToken ct)
    {
        var member = await KnownMember.FindAsync(session, notification.MemberId, ct);
        session.Store(member.Is(notification.Name, notification.Affiliation, notification.Revision).Stands("active", notification.GoodStanding, notification.Revision));
        await Lines.TellOfMemberAsync(session, notification.MemberId, ct);
    }
}
