namespace Mila.Hosting.Leases;

/// <summary>Starts the lease, unless it was called off.</summary>
internal sealed class WhenLeaseDue(IDocumentSession session, TimeProvider clock) : INotificationHandler<LeaseDue>
{
    public async Task Handle(LeaseDue notification, CancellationToken ct)
    {
        var lease = await session.LoadAsync<Lease>(notification.LeaseId, ct);
        if (lease is null || !lease.Start(notification.TermRevision, clock.GetUtcNow())) return;

        session.Store(lease);
        session.Publish(lease.Started());
        session.ScheduleEnd(lease);
    }
}
