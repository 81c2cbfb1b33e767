using Mila.Membership.Contracts;

namespace Mila.Signage.Members;

/// <summary>The panels of a company that is no member any more are stale.</summary>
internal sealed class WhenMemberLeft(IDocumentSession session, TimeProvider clock) : INotificationHandler<MemberLeft>
{
    public async Task Handle(MemberLeft notification, CancellationToken ct)
    {
        var member = await KnownMember.FindLockedAsync(session, notification.MemberId, ct);
        var before = member.Shows;
        if (!member.Stands("left", notification.Revision)) return;

        await MemberPanels.TellAsync(session, member, before, clock.GetUtcNow(), ct);
    }
}
