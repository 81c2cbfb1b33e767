using Mila.Membership.Contracts;

namespace Mila.Signage.Members;

/// <summary>The panels of a reinstated member say the truth again.</summary>
internal sealed class WhenMemberReinstated(IDocumentSession session, TimeProvider clock) : INotificationHandler<MemberReinstated>
{
    public async Task Handle(MemberReinstated notification, CancellationToken ct)
    {
        var member = await KnownMember.FindLockedAsync(session, notification.MemberId, ct);
        var before = member.Shows;
        if (!member.Stands("active", notification.Revision)) return;

        await MemberPanels.TellAsync(session, member, before, clock.GetUtcNow(), ct);
    }
}
