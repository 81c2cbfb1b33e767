using Mila.Events.Agenda;
using Mila.Events.Contracts;
using Mila.Events.Registrations;
using Npgsql;

namespace Mila.Events.Attendance;

/// <summary>The list at the door was closed, or somebody was checked in after that.</summary>
internal sealed record AttendanceToCount(Guid EventId) : INotification;

/// <summary>Counts who came, under the event's lock, and tells the other modules the numbers and the companies that are members.</summary>
internal sealed class WhenAttendanceIsToBeCounted(IDocumentSession session, Desks desks) : INotificationHandler<AttendanceToCount>
{
    public async Task Handle(AttendanceToCount notification, CancellationToken ct)
    {
        if (await desks.OpenAsync(session, notification.EventId, ct) is not { Event.When: When.Scheduled when } desk) return;

        await using var command = new NpgsqlCommand($"""
            select coalesce(sum((data ->> 'seats')::int) filter (where data ->> 'status' = 'Attended'), 0)::int, coalesce(sum((data ->> 'seats')::int) filter (where data ->> 'status' = 'NoShow'), 0)::int,
              count(distinct data ->> 'party') filter (where data ->> 'status' = 'Attended' and data ->> 'party' not like 'person %')::int,
              coalesce(array_agg(distinct data ->> 'memberId') filter (where data ->> 'status' = 'Attended' and data ->> 'memberId' is not null), array[]::text[])
            from {session.Table<Registration>()} where data ->> 'eventId' = $1
            """);
        command.Parameters.Add(new() { Value = notification.EventId.ToString() });
        (int Attended, int NoShow, int Organisations, string[] Members) counted;
        await using (var reader = await session.ExecuteReaderAsync(command, ct))
        {
            await reader.ReadAsync(ct);
            counted = (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetFieldValue<string[]>(3));
        }

        var revision = desk.Seats.Count();
        session.WriteLocked([desk.Seats], s => s.Id, desk.Now);
        session.Publish(new AttendanceCounted(
            desk.Event.Id, desk.Event.Programme, when.StartsAt, when.EndsAt, counted.Attended, counted.NoShow, counted.Organisations, [.. counted.Members.Select(Guid.Parse)], revision, desk.Now));
    }
}
