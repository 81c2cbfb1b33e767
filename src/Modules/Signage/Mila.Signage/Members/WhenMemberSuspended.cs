using Mila.Membership.Contracts;

namespace Mila.Signage.Members;

/// <summary>The panels of a suspended member are stale until it is reinstated.</summary>
internal sealed class WhenMemberSuspended(IDocumentSession session, TimeProvider clock) : INotificationHandler<MemberSuspended>
{
    public async Task Handle(MemberSuspended notification, CancellationToken ct)
    {
        var member = await KnownMember.FindLockedAsync(session, notification.MemberId, ct);
        var before = member.Shows;
        if (!member.Stands("suspended", notification.Revision)) return;

        await MemberPanels.TellAsync(session, member, before, clock.GetUtcNow(), ct);
    }
}
