namespace Mila.Events.Feeds;

/// <summary>The last seat of an event was given, or there is one again: the agenda says so. Every host sees the count within a second.</summary>
internal sealed class WhenEventFillsOrEmpties(IDocumentSession session, TimeProvider clock) : INotificationHandler<EventFillsOrEmpties>
{
    public Task Handle(EventFillsOrEmpties notification, CancellationToken ct)
    {
        AgendaListener.CountAt(session, clock.GetUtcNow());
        return Task.CompletedTask;
    }
}

/// <summary>Whether one finds a seat at an event is not what it was. Events tells itself, and not at each registration.</summary>
internal sealed record EventFillsOrEmpties(Guid EventId) : INotification;
