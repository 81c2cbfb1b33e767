using Mila.Events.Contracts;
using Mila.Events.Registrations;

namespace Mila.Events.Networks;

/// <summary>Seats that are kept no longer go to the line; the next release is put on the calendar.</summary>
internal sealed class WhenKeptSeatsChange(IDocumentSession session, Desks desks)
    : INotificationHandler<SeatsAreKeptOtherwise>, INotificationHandler<EventPublished>, INotificationHandler<EventMoved>, INotificationHandler<EventChanged>
{
    public Task Handle(SeatsAreKeptOtherwise notification, CancellationToken ct) => SettleAsync(notification.EventId, ct);

    public Task Handle(EventPublished notification, CancellationToken ct) => SettleAsync(notification.EventId, ct);

    public Task Handle(EventMoved notification, CancellationToken ct) => SettleAsync(notification.EventId, ct);

    public Task Handle(EventChanged notification, CancellationToken ct) => SettleAsync(notification.EventId, ct);

    private async Task SettleAsync(Guid eventId, CancellationToken ct)
    {
        if (await desks.OpenAsync(session, eventId, ct) is not { } desk) return;

        if (desk.Networks.NextRelease(desk.Event) is { } release) session.PublishAt(new SeatsAreKeptOtherwise(eventId), release);
        await Desks.CloseAsync(session, desk, ct);
    }
}

/// <summary>Other seats of an event are kept for networks than before, or none: an agreement says so, or the release has come. Events tells itself.</summary>
internal sealed record SeatsAreKeptOtherwise(Guid EventId) : INotification;
