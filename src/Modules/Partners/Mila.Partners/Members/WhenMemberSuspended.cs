using Mila.Membership.Contracts;

namespace Mila.Partners.Members;

/// <summary>Nothing is open to the member until it is reinstated.</summary>
internal sealed class WhenMemberSuspended(IDocumentSession session) : INotificationHandler<MemberSuspended>
{
    public async Task Handle(MemberSuspended notification, CancellationToken ct)
    {
        var member = await KnownMember.FindAsync(session, notification.MemberId, ct);
        session.Store(member.Stands("suspended", goodStanding: false, notification.Revision));
    }
}
