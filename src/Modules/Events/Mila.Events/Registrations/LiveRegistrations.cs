using Npgsql;

namespace Mila.Events.Registrations;

/// <summary>Everybody who is registered for an event, part by part.</summary>
internal static class LiveRegistrations
{
    private const int Most = 200;

    /// <summary>The next of them, and after what to go on; null when these are the last.</summary>
    /// <param name="session">That holds the event's lock.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="after">Where the part before ended; empty for the first.</param>
    /// <param name="ct">Stops the query.</param>
    public static async Task<(IReadOnlyList<Registration> Part, string? Next)> PartAsync(IDocumentSession session, Guid eventId, string after, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select data, data ->> 'liveKey' from {session.Table<Registration>()}
            where (data ->> 'liveKey') collate "C" > $1 and (data ->> 'liveKey') collate "C" < $2 order by (data ->> 'liveKey') collate "C" limit {Most}
            """, session.Connection);
        command.Parameters.Add(new() { Value = after.Length == 0 ? $"{eventId:N} " : after });
        command.Parameters.Add(new() { Value = $"{eventId:N}!" });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (found, last) = (new List<Registration>(), "");
        while (await reader.ReadAsync(ct))
        {
            found.Add(session.From<Registration>(reader));
            last = reader.GetString(1);
        }

        return (found, found.Count == Most ? last : null);
    }
}
