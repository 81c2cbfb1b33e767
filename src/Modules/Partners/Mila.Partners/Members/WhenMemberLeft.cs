using Mila.Membership.Contracts;

namespace Mila.Partners.Members;

/// <summary>The company is no member any more; the copy stays, so that an older notification cannot bring it back.</summary>
internal sealed class WhenMemberLeft(IDocumentSession session) : INotificationHandler<MemberLeft>
{
    public async Task Handle(MemberLeft notification, CancellationToken ct)
    {
        var member = await KnownMember.FindAsync(session, notification.MemberId, ct);
        session.Store(member.Stands("left", goodStanding: false, notification.Revision));
    }
}
