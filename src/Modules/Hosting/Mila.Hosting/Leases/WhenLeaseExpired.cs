namespace Mila.Hosting.Leases;

/// <summary>Ends the lease, unless it was renewed or ended meanwhile.</summary>
internal sealed class WhenLeaseExpired(IDocumentSession session, TimeProvider clock) : INotificationHandler<LeaseExpired>
{
    public async Task Handle(LeaseExpired notification, CancellationToken ct)
    {
        var lease = await session.LoadAsync<Lease>(notification.LeaseId, ct);
        if (lease is null || !lease.Expire(notification.TermRevision, clock.GetUtcNow())) return;

        session.Store(lease);
        session.Publish(lease.Ended());
    }
}
