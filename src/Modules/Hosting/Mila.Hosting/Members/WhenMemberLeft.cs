using Mila.Membership.Contracts;

namespace Mila.Hosting.Members;

/// <summary>From now on the company gets no new lease; those that it has go on until somebody ends them.</summary>
internal sealed class WhenMemberLeft(IDocumentSession session) : INotificationHandler<MemberLeft>
{
    public async Task Handle(MemberLeft notification, CancellationToken ct)
    {
        var member = await KnownMember.FindAsync(session, notification.MemberId, ct);
        session.Store(member.Stands("left", notification.Revision));
    }
}
