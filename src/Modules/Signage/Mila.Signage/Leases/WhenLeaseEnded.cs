using Mila.Hosting.Contracts;
using Mila.Signage.Members;
using Mila.Signage.Panels;

namespace Mila.Signage.Leases;

/// <summary>A panel that names a member which no longer has the shop is stale; not when another lease of the same member goes on there.</summary>
internal sealed class WhenLeaseEnded(IDocumentSession session, TimeProvider clock) : INotificationHandler<LeaseEnded>
{
    public async Task Handle(LeaseEnded notification, CancellationToken ct)
    {
        if (notification.SpaceKind != "shop") return;

        var member = await KnownMember.FindLockedAsync(session, notification.MemberId, ct);
        var lease = await KnownLease.FindAsync(session, notification.LeaseId, notification.MemberId, notification.SpaceCode, ct);
        lease.Ends(notification.EndedOn);
        session.Store(member);
        session.Store(lease);

        var running = await KnownLease.RunningAsync(session, lease.SpaceCode, ct);
        if (running.Any(l => l.MemberId == member.Id && l.Id != lease.Id)) return;

        var now = clock.GetUtcNow();
        foreach (var panel in await session.Query<Panel>().Where(p => p.SpaceCode == lease.SpaceCode && p.MemberId == member.Id && p.Stage != PanelStage.Retired).ToListAsync(ct))
        {
            if (panel.LoseLease(now)) session.Store(panel);
        }
    }
}
