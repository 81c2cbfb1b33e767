using Mila.Events.Contracts;
using Mila.Events.Registrations;

namespace Mila.Events.Waiting;

/// <summary>
/// Places are offered until an event begins. From then on its line is no more: whoever still stands there is told so, with a decision, instead of waiting for nothing. Some
/// hundreds at a time, so that no lock is held for long.
/// </summary>
internal sealed class WhenAnEventBegins(IDocumentSession session, Desks desks)
    : INotificationHandler<EventPublished>, INotificationHandler<EventMoved>, INotificationHandler<EventHeld>, INotificationHandler<LineEnds>
{
    private const int Most = 200;

    public Task Handle(EventPublished notification, CancellationToken ct) => Await(notification.EventId, notification.StartsAt);

    public Task Handle(EventMoved notification, CancellationToken ct) => Await(notification.EventId, notification.StartsAt);

    public Task Handle(EventHeld notification, CancellationToken ct) => EndAsync(notification.EventId, 0, ct);

    public Task Handle(LineEnds notification, CancellationToken ct) => EndAsync(notification.EventId, notification.Gone, ct);

    private Task Await(Guid eventId, DateTimeOffset? startsAt)
    {
        if (startsAt is { } begins) session.PublishAt(new LineEnds(eventId, 0), begins);
        return Task.CompletedTask;
    }

    // An event that was moved meanwhile has not begun: it is awaited anew.
    private async Task EndAsync(Guid eventId, int gone, CancellationToken ct)
    {
        if (await desks.OpenAsync(session, eventId, ct) is not { IsLineOver: true } desk || desk.Seats.InLine == 0) return;

        var (of, part) = (gone + desk.Seats.InLine, await Lines.PartAsync(session, eventId, LineKey.First(eventId), Most, ct));
        for (var i = 0; i < part.Count; i++) desk.EndWait(part[i], gone + i + 1, of);
        Desks.Write(session, [desk]);
        if (part.Count == Most) session.Publish(new LineEnds(eventId, gone + Most));
    }
}

/// <summary>This event begins; whoever stands in its line stands there in vain.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Gone">How many have been told so far.</param>
internal sealed record LineEnds(Guid EventId, int Gone) : INotification;
