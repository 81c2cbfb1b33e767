using Mila.Hosting.Contracts;
using Mila.Signage.Contracts;
using Mila.Signage.Members;
using Mila.Signage.Panels;

namespace Mila.Signage.Leases;

/// <summary>A member that has a shop needs a panel there: the one that names it, else one that names nobody or is not printed yet, else a new one.</summary>
internal sealed class WhenLeaseStarted(IDocumentSession session, TimeProvider clock) : INotificationHandler<LeaseStarted>
{
    public async Task Handle(LeaseStarted notification, CancellationToken ct)
    {
        if (notification.SpaceKind != "shop") return;

        var member = await KnownMember.FindLockedAsync(session, notification.MemberId, ct);
        var lease = await KnownLease.FindAsync(session, notification.LeaseId, notification.MemberId, notification.SpaceCode, ct);
        lease.Starts(notification.StartsOn);
        session.Store(member);
        session.Store(lease);

        var others = (await KnownLease.RunningAsync(session, lease.SpaceCode, ct)).Where(l => l.MemberId != member.Id);
        if (lease.EndedOn is null && !others.Any(l => l.StartsOn > lease.StartsOn)) await GivePanelAsync(member, lease.SpaceCode, notification.StartsOn, ct);
    }

    private async Task GivePanelAsync(KnownMember member, string spaceCode, DateOnly since, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var panels = await session.Query<Panel>().Where(p => p.SpaceCode == spaceCode && p.Stage != PanelStage.Retired).ToListAsync(ct);
        foreach (var former in panels.Where(p => p.IsPrinted && p.MemberId is { } named && named != member.Id))
        {
            if (former.LoseLease(now)) session.Store(former);
        }

        if ((panels.FirstOrDefault(p => p.MemberId == member.Id) ?? panels.FirstOrDefault(p => p.MemberId is null) ?? panels.FirstOrDefault(p => !p.IsPrinted)) is { } panel)
        {
            if (panel.TakeMember(member.Id, member.Shows, member.Status, since, now)) session.Store(panel);
            return;
        }

        var plan = new PanelPlan(spaceCode, member.Id, Mounting.InsideWindow, member.Shows ?? PanelContent.Blank);
        panel = Panel.Request(Guid.CreateVersion7(now), await PanelCode.FreeAsync(session, ct), plan, now);
        panel.Stands(member.Status, now);
        session.Store(panel);
        session.Publish(new PanelRequested(panel.Id, panel.SpaceCode, panel.MemberId, now));
    }
}
