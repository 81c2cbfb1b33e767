using Mila.Events.Agenda;
using Mila.Events.Registrations;
using Npgsql;

namespace Mila.Events.Attendance;

internal static class ReadAttendance
{
    /// <param name="EventId">The event.</param>
    /// <param name="Expected">Seats confirmed and not checked in.</param>
    /// <param name="Attended">Seats checked in.</param>
    /// <param name="AttendedRemotely">Of them, those who took part by the link.</param>
    /// <param name="NoShow">Seats that stayed empty.</param>
    /// <param name="Waiting">Seats that those in line ask for.</param>
    /// <param name="Organisations">Companies of those who came.</param>
    /// <param name="ClosedAt">When attendance was closed; null before.</param>
    /// <param name="DoorCode">What is typed at the door to check people in by their tickets; for keys that write events.</param>
    internal sealed record Response(Guid EventId, int Expected, int Attended, int AttendedRemotely, int NoShow, int Waiting, int Organisations, DateTimeOffset? ClosedAt, string? DoorCode);

    /// <summary>Read how many were expected at an event and came.</summary>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid eventId, Caller caller, LinkSigner signer, IQuerySession session, CancellationToken ct) =>
        await session.LoadSeenAsync(eventId, caller, ct) is null ? EventErrors.Unknown.ToProblem() : TypedResults.Ok(await CountAsync(eventId, caller, signer, session, ct));

    internal static async Task<Response> CountAsync(Guid eventId, Caller caller, LinkSigner signer, IQuerySession session, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select data ->> 'status', sum((data ->> 'seats')::int)::int, count(distinct data ->> 'party') filter (where data ->> 'party' not like 'person %')::int,
              coalesce(sum((data ->> 'seats')::int) filter (where data ->> 'place' = 'Remote'), 0)::int from {session.Table<Registration>()}
            where data ->> 'eventId' = $1 and ($2::text is null or data ->> 'partnerId' = $2) group by 1
            """);
        command.Parameters.Add(new() { Value = eventId.ToString() });
        command.Parameters.Add(new() { Value = caller.PartnerId is { } partner ? partner.ToString() : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        var counts = new Dictionary<string, (int Seats, int Parties, int Remote)>(StringComparer.Ordinal);
        await using (var reader = await session.ExecuteReaderAsync(command, ct))
        {
            while (await reader.ReadAsync(ct)) counts[reader.GetString(0)] = (reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3));
        }

        var plan = await SeatPlan.FindAsync(session, eventId, ct);
        var maySeeCode = !caller.IsPartner && caller.Has(Scopes.EventsWrite);
        return new Response(eventId, Seats(RegistrationStatus.Confirmed), Seats(RegistrationStatus.Attended), counts.GetValueOrDefault(nameof(RegistrationStatus.Attended)).Remote,
            Seats(RegistrationStatus.NoShow), Seats(RegistrationStatus.Waitlisted),
            counts.GetValueOrDefault(nameof(RegistrationStatus.Attended)).Parties, plan.ClosedAt, maySeeCode ? DoorPage.CodeOf(signer, eventId) : null);

        int Seats(RegistrationStatus status) => counts.GetValueOrDefault(status.ToString()).Seats;
    }
}
