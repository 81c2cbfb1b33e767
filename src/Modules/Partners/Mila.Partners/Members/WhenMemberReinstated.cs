using Mila.Membership.Contracts;

namespace Mila.Partners.Members;

/// <summary>The member is a member again.</summary>
internal sealed class WhenMemberReinstated(IDocumentSession session) : INotificationHandler<MemberReinstated>
{
    public async Task Handle(MemberReinstated notification, CancellationToken ct)
    {
        var member = await KnownMember.FindAsync(session, notification.MemberId, ct);
        session.Store(member.Stands("active", notification.GoodStanding, notification.Revision));
    }
}
