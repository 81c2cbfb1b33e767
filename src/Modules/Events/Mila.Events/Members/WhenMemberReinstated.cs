using Mila.Events.Waiting;
using Mila.Membership.Contracts;

namespace Mila.Events.Members;

/// <summary>The member is a member again, also in the lines in which it stands.</summary>
internal sealed class WhenMemberReinstated(IDocumentSession session) : INotificationHandler<MemberReinstated>
{
    public async Task Handle(MemberReinstated notification, CancellationToken ct)
    {
        var member = await KnownMember.FindAsync(session, notification.MemberId, ct);
        session.Store(member.Stands("active", notification.GoodStanding, notification.Revision));
        await Lines.TellOfMemberAsync(session, notification.MemberId, ct);
    }
}
