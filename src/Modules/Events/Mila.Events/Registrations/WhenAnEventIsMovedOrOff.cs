using Mila.Events.Agenda;
using Mila.Events.Contracts;
using Npgsql;

namespace Mila.Events.Registrations;

/// <summary>Who is registered follows the event: another time is written to them, and a cancelled event ends every registration. Some hundreds at a time, so that no lock is held for long.</summary>
internal sealed class WhenAnEventIsMovedOrOff(IDocumentSession session, Desks desks)
    : INotificationHandler<EventMoved>, INotificationHandler<EventCancelled>, INotificationHandler<MoreAreRegistered>
{
    private const int Part = 200;

    public Task Handle(EventMoved notification, CancellationToken ct) => FollowAsync(notification.EventId, "", ct);

    public Task Handle(EventCancelled notification, CancellationToken ct) => FollowAsync(notification.EventId, "", ct);

    public Task Handle(MoreAreRegistered notification, CancellationToken ct) => FollowAsync(notification.EventId, notification.After, ct);

    private async Task FollowAsync(Guid eventId, string after, CancellationToken ct)
    {
        if (await desks.OpenAsync(session, eventId, ct) is not { } desk) return;

        var registered = await PartAsync(eventId, after, ct);
        foreach (var registration in registered.Where(r => r.Status is not (RegistrationStatus.Attended or RegistrationStatus.NoShow)))
        {
            if (desk.Event.Status is EventStatus.Cancelled) desk.Cancel(registration);
            else if (registration.Status is not RegistrationStatus.Pending) desk.Follow(registration);
        }

        var last = registered.Count == 0 ? null : Registration.LiveKeyOf(eventId, registered[^1].Person.Email);
        await Desks.CloseAsync(session, desk, ct);
        if (registered.Count == Part) session.Publish(new MoreAreRegistered(eventId, last!));
    }

    private async Task<List<Registration>> PartAsync(Guid eventId, string after, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select data, mt_version from {session.Table<Registration>()}
            where (data ->> 'liveKey') collate "C" > $1 and (data ->> 'liveKey') collate "C" < $2 order by (data ->> 'liveKey') collate "C" limit {Part}
            """, session.Connection);
        command.Parameters.Add(new() { Value = after.Length == 0 ? $"{eventId:N} " : after });
        command.Parameters.Add(new() { Value = $"{eventId:N}!" });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<Registration>();
        while (await reader.ReadAsync(ct)) found.Add(session.From<Registration>(reader));
        return found;
    }
}

/// <summary>More people are registered for this event than were told at once.</summary>
internal sealed record MoreAreRegistered(Guid EventId, string After) : INotification;
