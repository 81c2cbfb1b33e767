using Mila.Membership.Contracts;

namespace Mila.Hosting.Members;

/// <summary>From now on the member can have a lease.</summary>
internal sealed class WhenMemberAdmitted(IDocumentSession session) : INotificationHandler<MemberAdmitted>
{
    public async Task Handle(MemberAdmitted notification, CancellationToken ct)
    {
        var member = await KnownMember.FindAsync(session, notification.MemberId, ct);
        session.Store(member.Is(notification.Name, notification.Revision).Stands("active", notification.Revision));
    }
}
