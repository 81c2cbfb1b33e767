using Mila.Membership.Contracts;

namespace Mila.Partners.Members;

/// <summary>The copy follows the member.</summary>
internal sealed class WhenMemberChanged(IDocumentSession session) : INotificationHandler<MemberChanged>
{
    public async Task Handle(MemberChanged notification, CancellationToken ct)
    {
        var member = await KnownMember.FindAsync(session, notification.MemberId, ct);
        session.Store(member.Is(notification.Name, notification.Affiliation, notification.Revision).Stands(notification.Status, notification.GoodStanding, notification.Revision));
    }
}
