using Mila.Events.Waiting;
using Mila.Membership.Contracts;

namespace Mila.Events.Members;

/// <summary>The copy follows the member, and so do the lines in which it stands.</summary>
internal sealed class WhenMemberChanged(IDocumentSession session) : INotificationHandler<MemberChanged>
{
    public async Task Handle(MemberChanged notification, CancellationToken ct)
    {
        var member = await KnownMember.FindAsync(session, notification.MemberId, ct);
        session.Store(member.Is(notification.Name, notification.Affiliation, notification.Revision).Stands(notification.Status, notification.GoodStanding, notification.Revision));
        await Lines.TellOfMemberAsync(session, notification.MemberId, ct);
    }
}
