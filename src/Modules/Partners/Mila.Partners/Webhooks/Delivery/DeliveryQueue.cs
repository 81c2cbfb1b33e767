using Mila.Partners.Webhooks.Schedule;
using Npgsql;
using NpgsqlTypes;

namespace Mila.Partners.Webhooks.Delivery;

/// <summary>A delivery that this host has claimed.</summary>
internal sealed record Claim(long DeliveryId, long MessageSeq, Guid EndpointId, Guid EndpointVersion, short Attempts);

/// <summary>An endpoint with something due.</summary>
internal sealed record Ready(Guid EndpointId, int? RatePerSecond, bool Ordered);

/// <summary>How many more deliveries of one endpoint may be under way.</summary>
internal sealed record Room(Guid EndpointId, int Free);

/// <summary>A message as it is sent.</summary>
internal sealed record QueuedMessage(long Seq, string Id, string Type, Guid? Resource, DateTimeOffset CreatedAt, byte[] Body, byte[]? FullBody);

/// <summary>What is written back of one attempt.</summary>
/// <param name="RetryAt">When to try again; null when the delivery is over.</param>
/// <param name="Resource">What the message is about, where the endpoint asked for order: what waits behind this one may go once it is over.</param>
internal sealed record Written(long DeliveryId, int Claimant, long MessageSeq, Guid EndpointId, short Number, Attempted Attempt, DateTimeOffset? RetryAt, Guid? Resource = null)
{
    /// <summary>Whether nothing more will be attempted.</summary>
    internal bool IsOver => Attempt.Outcome == Outcome.Succeeded || RetryAt is null;
}

/// <summary>What a turn found to do.</summary>
/// <param name="Claims">What this host sends now.</param>
/// <param name="Unfinished">Ordered endpoints of whose queue there is more to look through than one turn does.</param>
internal sealed record Found(IReadOnlyList<Claim> Claims, IReadOnlyCollection<Guid> Unfinished);

/// <summary>
/// The queue in PostgreSQL, in statements of many rows. A row is claimed by the number of a host; the claim holds while that host's session holds the advisory lock on
/// its number, so that a host that is killed loses its claims with its connection and nobody waits for a lease to run out.
/// </summary>
internal static class DeliveryQueue
{
    private const string ReadySql = """
        select e.id, (e.data -> 'manners' ->> 'ratePerSecond')::int, (e.data -> 'manners' ->> 'ordered')::boolean from partners.mt_doc_webhookendpoint e
        where e.data ->> 'enabled' = 'true' and exists (
          select from partners.webhook_deliveries d where d.endpoint_id = e.id and d.state = 0 and d.due_at <= $1 and d.claimed_by is null)
        """;

    /// <summary>How many rows of an ordered endpoint one turn looks at.</summary>
    internal const int LookedAt = 100;

    /// <summary>
    /// Claims what is due, of an ordered endpoint the first of each resource alone. What waits behind another is set aside once, as <see cref="WebhookTables.Behind"/>, and is not looked at
    /// again until <see cref="WakeSql"/> wakes it: else a long queue behind a receiver that fails would be searched at every turn, on the time of all others. Whoever sets a row aside
    /// holds the one before it, so that this one cannot be over, and wake nobody, in the meantime; one that is being written at this moment sets nobody aside.
    /// </summary>
    internal const string ClaimSql = """
        with looked as materialized (
          select p.id, p.due_at, p.first, w.endpoint_id, w.free, o.ordered, e.mt_version from unnest($2::uuid[], $3::int[]) w(endpoint_id, free)
          join partners.mt_doc_webhookendpoint e on e.id = w.endpoint_id and e.data ->> 'enabled' = 'true'
          cross join lateral (select coalesce((e.data -> 'manners' ->> 'ordered')::boolean, false) as ordered) o
          cross join lateral (
            select d.id, d.due_at, case when o.ordered then (
                select b.id from partners.webhook_deliveries b
                where b.endpoint_id = d.endpoint_id and b.resource = d.resource and b.state <> 1 and b.message_seq < d.message_seq order by b.message_seq limit 1) end as first
            from partners.webhook_deliveries d
            where d.endpoint_id = w.endpoint_id and d.state = 0 and d.due_at <= $4 and d.claimed_by is null
            order by d.due_at, d.id limit case when o.ordered then greatest(w.free, $5) else w.free end for update skip locked) p),
        held as materialized (
          select b.id from partners.webhook_deliveries b where b.id in (select l.first from looked l where l.first is not null) and b.state <> 1 for share of b skip locked),
        aside as (
          update partners.webhook_deliveries d set state = 2 from looked l where d.id = l.id and l.first in (select h.id from held h) returning 1),
        picked as (
          select n.id, n.mt_version from (
            select l.id, l.mt_version, l.free, row_number() over (partition by l.endpoint_id order by l.due_at, l.id) as place from looked l where l.first is null) n
          where n.place <= n.free),
        claimed as (
          update partners.webhook_deliveries d set claimed_by = $1 from picked where d.id = picked.id and (select count(*) from aside) >= 0
          returning d.id, d.message_seq, d.endpoint_id, picked.mt_version, d.attempts)
        select c.id, c.message_seq, c.endpoint_id, c.mt_version, c.attempts from claimed c
        union all
        select null, null, l.endpoint_id, null, null from looked l where l.ordered group by l.endpoint_id having count(*) >= $5
        """;

    // A statement of its own, after the rows that are over: whoever set one aside meanwhile was waited for, and is seen.
    private const string WakeSql = """
        update partners.webhook_deliveries d set state = 0 from unnest($1::uuid[], $2::uuid[]) o(endpoint_id, resource)
        cross join lateral (
          select h.id from partners.webhook_deliveries h where h.endpoint_id = o.endpoint_id and h.resource = o.resource and h.state <> 1 order by h.message_seq limit 1) next
        where d.id = next.id and d.state = 2
        """;

    private const string StrandedSql = """
        update partners.webhook_deliveries d set state = 0 where d.state = 2 and d.resource is not null and (
          not exists (
            select from partners.webhook_deliveries b where b.endpoint_id = d.endpoint_id and b.resource = d.resource and b.state <> 1 and b.message_seq < d.message_seq)
          or not exists (select from partners.mt_doc_webhookendpoint e where e.id = d.endpoint_id and (e.data -> 'manners' ->> 'ordered')::boolean))
        """;

    private const string LogSql = """
        insert into partners.webhook_attempts (message_seq, endpoint_id, number, outcome, status, started_at, duration_ms, answer)
        select * from unnest($1::bigint[], $2::uuid[], $3::smallint[], $4::smallint[], $5::smallint[], $6::timestamptz[], $7::int[], $8::bytea[])
        """;

    // Success is final, whoever claims the row by now.
    private const string CompleteSql = "delete from partners.webhook_deliveries where id = any($1)";

    private const string RetrySql = """
        update partners.webhook_deliveries d set attempts = r.attempts, state = r.state, due_at = coalesce(r.due_at, d.due_at), claimed_by = null
        from unnest($1::bigint[], $2::int[], $3::smallint[], $4::smallint[], $5::timestamptz[]) r(id, claimant, attempts, state, due_at)
        where d.id = r.id and d.claimed_by = r.claimant
        """;

    private const string WellSql = "delete from partners.webhook_health where endpoint_id = any($1)";

    private const string FailingSql = """
        insert into partners.webhook_health as h (endpoint_id, failing_since, failed_at, tried_seconds)
        select f.endpoint_id, f.since, f.last, extract(epoch from f.last - f.since) from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) f(endpoint_id, since, last)
        on conflict (endpoint_id) do update set failed_at = greatest(h.failed_at, excluded.failed_at),
          tried_seconds = h.tried_seconds + case when excluded.failed_at > h.failed_at and excluded.failed_at - h.failed_at <= $4 then extract(epoch from excluded.failed_at - h.failed_at) else 0 end
        """;

    private const string GoneSql = """
        insert into partners.webhook_health (endpoint_id, failing_since, failed_at, gone) select g.endpoint_id, g.at, g.at, true from unnest($1::uuid[], $2::timestamptz[]) g(endpoint_id, at)
        on conflict (endpoint_id) do update set gone = true, failed_at = excluded.failed_at
        """;

    private const string MessagesSql = "select seq, id, type, resource, created_at, body, full_body from partners.webhook_messages where seq = any($1)";

    private const string ReleaseSql = """
        update partners.webhook_deliveries d set claimed_by = null, due_at = coalesce(r.due_at, d.due_at)
        from unnest($1::bigint[], $2::int[], $3::timestamptz[]) r(id, claimant, due_at) where d.id = r.id and d.claimed_by = r.claimant
        """;

    private const string DeadHostsSql = "select number from partners.webhook_hosts where number <> $1 and pg_try_advisory_xact_lock($2, number)";

    private const string BuryHostsSql = """
        with freed as (update partners.webhook_deliveries set claimed_by = null where state = 0 and claimed_by = any($1))
        delete from partners.webhook_hosts where number = any($1)
        """;

    /// <summary>Enabled endpoints with something due that nobody has claimed.</summary>
    internal static async Task<List<Ready>> ReadyAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ReadySql, connection) { Parameters = { Parameter(now) } };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ready = new List<Ready>();
        while (await reader.ReadAsync(ct)) ready.Add(new Ready(reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), !reader.IsDBNull(2) && reader.GetBoolean(2)));
        return ready;
    }

    /// <summary>Write back what was done and claim what is next, in one transaction and one round trip.</summary>
    internal static async Task<Found> TurnAsync(NpgsqlConnection connection, IReadOnlyList<Written> done, IReadOnlyList<Room> rooms, int claimant, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (done.Count > 0) AddResults(batch, done);
        if (rooms.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(ClaimSql)
            {
                Parameters = { new() { Value = claimant }, Parameter(Column(rooms, r => r.EndpointId)), Parameter(Column(rooms, r => r.Free)), Parameter(now), new() { Value = LookedAt } },
            });
        }

        await batch.PrepareAsync(ct);
        var (claims, unfinished) = (new List<Claim>(), new HashSet<Guid>());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        do
        {
            while (await reader.ReadAsync(ct))
            {
                if (reader.IsDBNull(0)) unfinished.Add(reader.GetGuid(2));
                else claims.Add(new Claim(reader.GetInt64(0), reader.GetInt64(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetInt16(4)));
            }
        }
        while (await reader.NextResultAsync(ct));
        return new Found(claims, unfinished);
    }

    /// <summary>Wake what waits behind nothing any more: what it waited for was forgotten, or order is not asked for any more.</summary>
    internal static async Task<int> WakeStrandedAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand(StrandedSql);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The messages that are still kept.</summary>
    internal static async Task<List<QueuedMessage>> MessagesAsync(NpgsqlConnection connection, long[] seqs, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(MessagesSql, connection) { Parameters = { Parameter(seqs) } };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var messages = new List<QueuedMessage>();
        while (await reader.ReadAsync(ct)) messages.Add(MessageOf(reader));
        return messages;
    }

    private static QueuedMessage MessageOf(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetGuid(3), row.GetFieldValue<DateTimeOffset>(4), row.GetFieldValue<byte[]>(5),
        row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6));

    /// <summary>Give claims back unused, due again at once or at the time given.</summary>
    internal static async Task ReleaseAsync(NpgsqlConnection connection, IReadOnlyList<(long DeliveryId, int Claimant, DateTimeOffset? DueAt)> claims, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ReleaseSql, connection)
        {
            Parameters = { Parameter(Column(claims, c => c.DeliveryId)), Parameter(Column(claims, c => c.Claimant)), Parameter(Column(claims, c => c.DueAt?.UtcDateTime)) },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Drop deliveries whose message is no longer kept.</summary>
    internal static async Task DropAsync(NpgsqlConnection connection, long[] deliveries, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(CompleteSql, connection) { Parameters = { Parameter(deliveries) } };
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Free the claims of hosts whose session has ended. True when there were any hosts to bury.</summary>
    internal static async Task<bool> BuryDeadHostsAsync(NpgsqlConnection connection, int self, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var dead = new List<int>();
        await using (var command = new NpgsqlCommand(DeadHostsSql, connection, transaction) { Parameters = { new() { Value = self }, new() { Value = WebhookTables.HostLocks } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) dead.Add(reader.GetInt32(0));
        }

        if (dead.Count == 0) return false;

        await using (var command = new NpgsqlCommand(BuryHostsSql, connection, transaction) { Parameters = { Parameter(dead.ToArray()) } }) await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static void AddResults(NpgsqlBatch batch, IReadOnlyList<Written> done)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LogSql)
        {
            Parameters =
            {
                Parameter(Column(done, d => d.MessageSeq)),
                Parameter(Column(done, d => d.EndpointId)),
                Parameter(Column(done, d => d.Number)),
                Parameter(Column(done, d => (short)d.Attempt.Outcome)),
                Parameter(Column(done, d => (short?)d.Attempt.Status)),
                Parameter(Column(done, d => d.Attempt.StartedAt.UtcDateTime)),
                Parameter(Column(done, d => (int)d.Attempt.Duration.TotalMilliseconds)),
                Parameter(Column(done, d => d.Attempt.Answer)),
            },
        });

        var succeeded = done.Where(d => d.Attempt.Outcome == Outcome.Succeeded).ToList();
        var failed = done.Where(d => d.Attempt.Outcome != Outcome.Succeeded).ToList();
        if (succeeded.Count > 0) batch.BatchCommands.Add(new NpgsqlBatchCommand(CompleteSql) { Parameters = { Parameter(Column(succeeded, d => d.DeliveryId)) } });
        if (failed.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(RetrySql)
            {
                Parameters =
                {
                    Parameter(Column(failed, d => d.DeliveryId)),
                    Parameter(Column(failed, d => d.Claimant)),
                    Parameter(Column(failed, d => d.Number)),
                    Parameter(Column(failed, d => d.RetryAt is null ? WebhookTables.Failed : WebhookTables.Waiting)),
                    Parameter(Column(failed, d => d.RetryAt?.UtcDateTime)),
                },
            });
        }

        (Guid Endpoint, Guid Resource)[] over = [.. done.Where(d => d.Resource is not null && d.IsOver).Select(d => (d.EndpointId, d.Resource!.Value)).Distinct().Order()];
        if (over.Length > 0) batch.BatchCommands.Add(new NpgsqlBatchCommand(WakeSql) { Parameters = { Parameter(Column(over, o => o.Endpoint)), Parameter(Column(over, o => o.Resource)) } });

        // In the order of their ids, so that two hosts never wait for each other.
        if (succeeded.Count > 0) batch.BatchCommands.Add(new NpgsqlBatchCommand(WellSql) { Parameters = { Parameter(succeeded.Select(d => d.EndpointId).Distinct().Order().ToArray()) } });

        var failing = FailingNow(done);
        if (failing.Length > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(FailingSql)
            {
                Parameters =
                {
                    Parameter(Column(failing, f => f.Endpoint)), Parameter(Column(failing, f => f.Since.UtcDateTime)), Parameter(Column(failing, f => f.Last.UtcDateTime)),
                    new() { Value = RetrySchedule.LongestPause },
                },
            });
        }

        // With the result: should this host stop now, another finds it and disables the endpoint.
        var gone = done.Where(d => d.Attempt.Outcome == Outcome.Gone).GroupBy(d => d.EndpointId).OrderBy(g => g.Key).Select(g => (Endpoint: g.Key, At: g.Max(d => d.Attempt.StartedAt))).ToArray();
        if (gone.Length > 0) batch.BatchCommands.Add(new NpgsqlBatchCommand(GoneSql) { Parameters = { Parameter(Column(gone, g => g.Endpoint)), Parameter(Column(gone, g => g.At.UtcDateTime)) } });
    }

    /// <summary>Endpoints whose last result here is a failure, each with its first and its last failure after its last success.</summary>
    internal static (Guid Endpoint, DateTimeOffset Since, DateTimeOffset Last)[] FailingNow(IReadOnlyList<Written> done)
    {
        var since = new SortedDictionary<Guid, (DateTimeOffset First, DateTimeOffset Last)>();
        foreach (var (endpoint, attempt) in done.Select(d => (d.EndpointId, d.Attempt)).OrderBy(d => d.Attempt.StartedAt + d.Attempt.Duration))
        {
            if (attempt.Outcome == Outcome.Succeeded) since.Remove(endpoint);
            else if (since.TryGetValue(endpoint, out var known)) since[endpoint] = (known.First < attempt.StartedAt ? known.First : attempt.StartedAt, known.Last > attempt.StartedAt ? known.Last : attempt.StartedAt);
            else since[endpoint] = (attempt.StartedAt, attempt.StartedAt);
        }

        return [.. since.Select(s => (s.Key, s.Value.First, s.Value.Last))];
    }

    private static NpgsqlParameter Parameter(DateTimeOffset instant) => new() { Value = instant.UtcDateTime };

    private static NpgsqlParameter Parameter<T>(T[] column) => new NpgsqlParameter<T[]> { TypedValue = column, NpgsqlDbType = NpgsqlDbType.Array | TypeOf(typeof(T)) };

    private static NpgsqlDbType TypeOf(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int16 => NpgsqlDbType.Smallint,
        TypeCode.Int32 => NpgsqlDbType.Integer,
        TypeCode.Int64 => NpgsqlDbType.Bigint,
        TypeCode.DateTime => NpgsqlDbType.TimestampTz,
        _ => type == typeof(Guid) ? NpgsqlDbType.Uuid : NpgsqlDbType.Bytea,
    };

    private static TColumn[] Column<T, TColumn>(IReadOnlyList<T> rows, Func<T, TColumn> value)
    {
        var column = new TColumn[rows.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return column;
    }
}
