using Mila.Events.Agenda;
using Mila.Events.Contracts;

namespace Mila.Events.Registrations;

/// <summary>Who is registered follows the event: another time or place is written to them, and a cancelled event ends every registration. Some hundreds at a time, so that no lock is held for long.</summary>
internal sealed class WhenAnEventIsMovedOrOff(IDocumentSession session, Desks desks)
    : INotificationHandler<EventMoved>, INotificationHandler<EventCancelled>, INotificationHandler<MoreAreRegistered>
{
    public Task Handle(EventMoved notification, CancellationToken ct) => FollowAsync(notification.EventId, "", ct);

    public Task Handle(EventCancelled notification, CancellationToken ct) => FollowAsync(notification.EventId, "", ct);

    public Task Handle(MoreAreRegistered notification, CancellationToken ct) => FollowAsync(notification.EventId, notification.After, ct);

    private async Task FollowAsync(Guid eventId, string after, CancellationToken ct)
    {
        if (await desks.OpenAsync(session, eventId, ct) is not { } desk) return;

        var (registered, next) = await LiveRegistrations.PartAsync(session, eventId, after, ct);
        foreach (var registration in registered.Where(r => r.Status is not RegistrationStatus.NoShow))
        {
            if (desk.Event.Status is EventStatus.Cancelled) desk.CallOff(registration);
            else if (registration.Status is not RegistrationStatus.Pending) desk.Follow(registration);
        }

        await Desks.CloseAsync(session, desk, ct);
        if (next is not null) session.Publish(new MoreAreRegistered(eventId, next));
    }
}

/// <summary>People are registered for this event who have not been told yet how it stands now.</summary>
internal sealed record MoreAreRegistered(Guid EventId, string After) : INotification;
