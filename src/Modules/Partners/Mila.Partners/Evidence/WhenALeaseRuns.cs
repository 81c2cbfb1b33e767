using Mila.Hosting.Contracts;

namespace Mila.Partners.Evidence;

/// <summary>A space at a member's disposal is evidence from the day it starts until its last.</summary>
internal sealed class WhenALeaseRuns(IDocumentSession session) : INotificationHandler<LeaseStarted>, INotificationHandler<LeaseRenewed>, INotificationHandler<LeaseEnded>
{
    public async Task Handle(LeaseStarted l, CancellationToken ct)
    {
        var entry = await FindAsync(l.LeaseId, ct);
        entry.Runs(l.MemberId, l.SpaceKind, l.StartsOn, l.EndsOn, l.At);
        session.Store(entry);
    }

    public async Task Handle(LeaseRenewed l, CancellationToken ct)
    {
        var entry = await FindAsync(l.LeaseId, ct);
        entry.Runs(l.MemberId, l.SpaceKind, l.StartsOn, l.EndsOn, l.At);
        session.Store(entry);
    }

    public async Task Handle(LeaseEnded l, CancellationToken ct)
    {
        var entry = await FindAsync(l.LeaseId, ct);
        entry.Ended(l.MemberId, l.SpaceKind, l.EndedOn, l.At);
        session.Store(entry);
    }

    private async Task<EvidenceEntry> FindAsync(Guid leaseId, CancellationToken ct) => await session.LoadAsync<EvidenceEntry>(leaseId, ct) ?? EvidenceEntry.Lease(leaseId);
}
