using Mila.Membership.Contracts;

namespace Mila.Hosting.Members;

/// <summary>Takes over what the member is called and how it stands.</summary>
internal sealed class WhenMemberChanged(IDocumentSession session) : INotificationHandler<MemberChanged>
{
    public async Task Handle(MemberChanged notification, CancellationToken ct)
    {
        var member = await KnownMember.FindAsync(session, notification.MemberId, ct);
        session.Store(member.Is(notification.Name, notification.Revision).Stands(notification.Status, notification.Revision));
    }
}
