using Mila.Events.Contracts;

namespace Mila.Partners.Evidence;

/// <summary>An event is evidence once it was held or who came was counted. One handler for all, so that what happened to one event is heard in the order in which it happened.</summary>
internal sealed class WhenAnEventTakesPlace(IDocumentSession session)
    : INotificationHandler<EventHeld>, INotificationHandler<EventChanged>, INotificationHandler<EventCancelled>, INotificationHandler<AttendanceCounted>
{
    public async Task Handle(EventHeld e, CancellationToken ct)
    {
        var entry = await session.LoadAsync<EvidenceEntry>(e.EventId, ct) ?? EvidenceEntry.Event(e.EventId);
        entry.Held(e);
        session.Store(entry);
    }

    public async Task Handle(EventChanged e, CancellationToken ct)
    {
        if (await session.LoadAsync<EvidenceEntry>(e.EventId, ct) is not { } entry) return;

        entry.Reads(e);
        session.Store(entry);
    }

    public async Task Handle(EventCancelled e, CancellationToken ct)
    {
        if (await session.LoadAsync<EvidenceEntry>(e.EventId, ct) is not { } entry) return;

        entry.CalledOff(e);
        session.Store(entry);
    }

    public async Task Handle(AttendanceCounted a, CancellationToken ct)
    {
        var entry = await session.LoadAsync<EvidenceEntry>(a.EventId, ct) ?? EvidenceEntry.Event(a.EventId);
        entry.Counted(a);
        session.Store(entry);
    }
}
