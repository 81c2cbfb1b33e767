using Mila.Events.Registrations;
using Npgsql;

namespace Mila.Events.Waiting;

/// <summary>The waiting line of an event as it stands in the database.</summary>
internal static class Lines
{
    /// <summary>The next entries after a key, in their order.</summary>
    public static async Task<List<Registration>> PartAsync(IQuerySession session, Guid eventId, string after, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select data, mt_version from {session.Table<Registration>()}
            where (data ->> 'line') collate "C" > $1 and (data ->> 'line') collate "C" < $2 order by (data ->> 'line') collate "C" limit $3
            """, session.Connection);
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = LineKey.Last(eventId) });
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<Registration>();
        while (await reader.ReadAsync(ct))
        {
            var registration = session.From<Registration>(reader);
            registration.Version = reader.GetGuid(1);
            found.Add(registration);
        }

        return found;
    }

    /// <summary>The keys between which an entry has this place in line, were it not standing where it does; beyond the end, the last.</summary>
    public static async Task<(string Low, string High, int Rank)> GapAsync(IQuerySession session, Registration registration, int position, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select data ->> 'line', n::int from (
              select data, row_number() over (order by (data ->> 'line') collate "C") n from {session.Table<Registration>()}
              where (data ->> 'line') collate "C" > $1 and (data ->> 'line') collate "C" < $2 and id <> $3) l
            where n in ($4, $5) or n = (select count(*) from {session.Table<Registration>()} where (data ->> 'line') collate "C" > $1 and (data ->> 'line') collate "C" < $2 and id <> $3)
            order by n
            """, session.Connection);
        command.Parameters.Add(new() { Value = LineKey.First(registration.EventId) });
        command.Parameters.Add(new() { Value = LineKey.Last(registration.EventId) });
        command.Parameters.Add(new() { Value = registration.Id });
        command.Parameters.Add(new() { Value = position - 1L });
        command.Parameters.Add(new() { Value = (long)position });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (low, high, rank) = (LineKey.First(registration.EventId), LineKey.Last(registration.EventId), 1);
        while (await reader.ReadAsync(ct))
        {
            var n = reader.GetInt32(1);
            if (n < position) (low, rank) = (reader.GetString(0), n + 1);
            else if (n == position) (high, rank) = (reader.GetString(0), n);
        }

        return (low, high, rank);
    }

    /// <summary>Announces that this member may come: wherever it waits, the line may move.</summary>
    public static async Task TellOfMemberAsync(IDocumentSession session, Guid memberId, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select distinct (data ->> 'eventId')::uuid from {session.Table<Registration>()} where data ->> 'line' is not null and data ->> 'memberId' = $1");
        command.Parameters.Add(new() { Value = memberId.ToString() });
        var events = new List<Guid>();
        await using (var reader = await session.ExecuteReaderAsync(command, ct))
        {
            while (await reader.ReadAsync(ct)) events.Add(reader.GetGuid(0));
        }

        foreach (var eventId in events) session.Publish(new LineMayMove(eventId));
    }

    /// <summary>How many stand before each of these keys, without those of these ids: the line is walked once, however many ask.</summary>
    public static async Task<Dictionary<string, int>> BeforeAsync(IDocumentSession session, Guid eventId, IReadOnlyCollection<string> keys, IReadOnlyCollection<Guid> without, CancellationToken ct)
    {
        var sorted = keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        // Which of the sorted keys each entry stands before; those that are left out are taken off again.
        await using var command = new NpgsqlCommand($"""
            select width_bucket(line, $1), sum(n)::int from (
              select (data ->> 'line') collate "C" line, 1 n from {session.Table<Registration>()} where (data ->> 'line') collate "C" > $2 and (data ->> 'line') collate "C" < $3
              union all select (data ->> 'line') collate "C", -1 from {session.Table<Registration>()} where id = any($4) and (data ->> 'line') collate "C" < $3) l
            group by 1
            """, session.Connection);
        command.Parameters.Add(DeskReads.Texts(sorted));
        command.Parameters.Add(new() { Value = LineKey.First(eventId) });
        command.Parameters.Add(new() { Value = sorted[^1] });
        command.Parameters.Add(DeskReads.Ids(without));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var next = new int[sorted.Length];
        while (await reader.ReadAsync(ct)) next[reader.GetInt32(0)] = reader.GetInt32(1);

        var (before, sum) = (new Dictionary<string, int>(sorted.Length, StringComparer.Ordinal), 0);
        for (var i = 0; i < sorted.Length; i++) before[sorted[i]] = sum += next[i];
        return before;
    }

    /// <summary>The place in line of each of these that waits, and how many wait at its event.</summary>
    public static async Task<Dictionary<Guid, (int Rank, int Of)>> RanksAsync(IQuerySession session, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];

        var table = session.Table<Registration>();
        await using var command = new NpgsqlCommand($"""
            select m.id,
              (select count(*)::int from {table} o where (o.data ->> 'line') collate "C" >= left(m.data ->> 'line', 32) and (o.data ->> 'line') collate "C" <= m.data ->> 'line'),
              (select count(*)::int from {table} o where (o.data ->> 'line') collate "C" >= left(m.data ->> 'line', 32) and (o.data ->> 'line') collate "C" < left(m.data ->> 'line', 32) || 'g')
            from {table} m where m.id = any($1) and m.data ->> 'line' is not null
            """);
        command.Parameters.Add(DeskReads.Ids(ids));
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        var ranks = new Dictionary<Guid, (int, int)>();
        while (await reader.ReadAsync(ct)) ranks[reader.GetGuid(0)] = (reader.GetInt32(1), reader.GetInt32(2));
        return ranks;
    }
}
