using Mila.Membership.Contracts;

namespace Mila.Hosting.Members;

/// <summary>From now on the member gets no new lease; those that it has go on.</summary>
internal sealed class WhenMemberSuspended(IDocumentSession session) : INotificationHandler<MemberSuspended>
{
    public async Task Handle(MemberSuspended notification, CancellationToken ct)
    {
        var member = await KnownMember.FindAsync(session, notification.MemberId, ct);
        session.Store(member.Stands("suspended", notification.Revision));
    }
}
