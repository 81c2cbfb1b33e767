using Mila.Hosting.Contracts;

namespace Mila.Partners.Evidence;

/// <summary>Works in a space are evidence on the day that they are finished.</summary>
internal sealed class WhenWorksAreCompleted(IDocumentSession session) : INotificationHandler<WorksCompleted>
{
    public async Task Handle(WorksCompleted notification, CancellationToken ct)
    {
        var entry = await session.LoadAsync<EvidenceEntry>(notification.WorksId, ct) ?? EvidenceEntry.Works(notification.WorksId);
        entry.Completed(notification);
        session.Store(entry);
    }
}
