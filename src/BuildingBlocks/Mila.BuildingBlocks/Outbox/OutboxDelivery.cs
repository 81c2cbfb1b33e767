using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using JasperFx;
using Marten;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>
/// Serves one lane: claims its rows, lets the handler act, and completes them in the transaction of the handler's own effects.
/// A crash anywhere gives the rows back at once, because they were never anything but locked.
/// </summary>
internal sealed partial class OutboxDelivery(
    NpgsqlDataSource database, IServiceScopeFactory scopes, Subscriptions subscriptions, OutboxBell bell,
    IOptions<OutboxOptions> options, TimeProvider clock, ILogger<OutboxDelivery> logger)
{
    private static readonly ActivitySource Tracing = new("Mila.Outbox");

    // A failing row holds back the later rows of its aggregate, and only those. Rows are touched by the holder of the lane alone: locked in passing by a
    // dispatcher that did not get it, they would be skipped by the one that did, and later rows of their aggregates would overtake them.
    // What is due at a time of its own is claimed beside what is due at once, not after it: a reminder does not wait for a backlog to end.
    private static readonly string ClaimScheduledSql = ClaimSql("o.due_at > '-infinity' and o.due_at <= $4");
    private static readonly string ClaimWaitingSql = ClaimSql("o.due_at = '-infinity'");

    private const string ClaimOneSql = """
        select o.seq, o.type, o.body, o.attempts, o.aggregate, o.trace from mila.outbox o
        where o.seq = $1 and o.parked_at is null for update skip locked
        """;

    private static string ClaimSql(string due) => $"""
        select o.seq, o.type, o.body, o.attempts, o.aggregate, o.trace from mila.outbox o
        where current_setting('mila.lane') = 'true' and o.subscriber = $1 and o.lane = $2 and o.parked_at is null and {due}
          and not exists (select from mila.outbox b where b.subscriber = $1 and b.aggregate = o.aggregate and b.seq < o.seq and b.attempts > 0 and b.parked_at is null)
        order by o.due_at, o.seq limit $3 for update of o skip locked
        """;

    /// <summary>Serve one batch. True when the lane may have more.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="patient">Wait for another dispatcher that serves the lane, instead of leaving it to that one.</param>
    /// <param name="ct">Stops between rows.</param>
    public async Task<bool> ServeAsync(Lane lane, bool patient, CancellationToken ct)
    {
        IReadOnlyList<Row> rows;
        await using (var connection = await database.OpenConnectionAsync(ct))
        await using (var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct))
        {
            if (await ClaimAsync(connection, lane, patient, ct) is not { Rows.Count: > 0 } claim) return false;

            rows = claim.Rows;
            try
            {
                var began = clock.GetTimestamp();
                var (published, written) = (new List<OutboxRow>(), new HashSet<Lane>());
                var served = 0;
                do
                {
                    ct.ThrowIfCancellationRequested();
                    var done = await HandleAsync(lane, rows[served++], transaction, ct);
                    published.AddRange(done.TakeRows());
                    written.UnionWith(done.TakeWritten());
                }
                while (served < rows.Count && clock.GetElapsedTime(began) < options.Value.BatchTime);

                await CompleteAsync(connection, rows.Take(served).Select(r => r.Seq), published, ct);
                // From here a host that stops finishes what it began: the work is done, and others wait to hear of it.
                await transaction.CommitAsync(CancellationToken.None);
                bell.Ring(written);
                return claim.More || served < rows.Count;
            }
            catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                LogBatchFailed(logger, lane.Subscriber, rows.Count, e.GetType().Name);
            }
        }

        await ServeOneByOneAsync(lane, rows, ct);
        return true;
    }

    private async Task ServeOneByOneAsync(Lane lane, IReadOnlyList<Row> rows, CancellationToken ct)
    {
        var held = new HashSet<Guid>();
        foreach (var row in rows.Where(r => !held.Contains(r.Aggregate)))
        {
            if (!await ServeOneAsync(lane, row, ct)) held.Add(row.Aggregate);
        }
    }

    private async Task<bool> ServeOneAsync(Lane lane, Row claimed, CancellationToken ct)
    {
        const int triesOfARace = 5;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct);
                await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
                if (!await LockLaneAsync(connection, lane, patient: false, ct)) return false;
                if (await ReadOneAsync(connection, claimed.Seq, ct) is not { } row) return true;

                var done = await HandleAsync(lane, row, transaction, ct);
                await CompleteAsync(connection, [row.Seq], done.TakeRows(), ct);
                await transaction.CommitAsync(CancellationToken.None);
                bell.Ring(done.TakeWritten());
                return true;
            }
            catch (Exception e) when (IsRace(e) && attempt < triesOfARace)
            {
                // Somebody else changed the same document meanwhile: the row has done nothing yet, take it again.
            }
            catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                await PostponeAsync(lane, claimed, e, ct);
                return false;
            }
        }
    }

    /// <summary>A conflict that a fresh attempt can win: it says nothing about the handler.</summary>
    private static bool IsRace(Exception e) =>
        e is ConcurrencyException or PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }
        || (e is AggregateException { InnerExceptions: var inner } && inner.Any(IsRace))
        || (e.InnerException is { } cause && IsRace(cause));

    /// <returns>What the handler published, to be written, and the lanes to ring for.</returns>
    private async Task<AmbientTransaction> HandleAsync(Lane lane, Row row, NpgsqlTransaction transaction, CancellationToken ct)
    {
        var subscriber = subscriptions.Find(lane.Subscriber, row.Type) ?? throw new InvalidOperationException($"No handler {lane.Subscriber} for {row.Type} is registered.");
        using var activity = Tracing.StartActivity(lane.Subscriber, ActivityKind.Consumer, row.Trace);

        await using var scope = scopes.CreateAsyncScope();
        var ambient = scope.ServiceProvider.GetRequiredService<AmbientTransaction>();
        ambient.Transaction = transaction;
        var door = new Mediator(new OneHandlerProvider(scope.ServiceProvider, subscriber), new OneHandlerPublisher());

        var notification = JsonSerializer.Deserialize(row.Body, subscriber.Notification, NotificationJson.Options)!;
        var longest = LimitOf(lane);
        using var limit = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await door.Publish(notification, either.Token);
            await scope.ServiceProvider.GetRequiredService<IDocumentSession>().SaveChangesAsync(either.Token);
        }
        catch (OperationCanceledException cancelled) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"The handler took longer than {longest.TotalSeconds:0.###} s."), cancelled);
        }

        return ambient;
    }

    private TimeSpan LimitOf(Lane lane) => subscriptions.LimitOf(lane.Subscriber) ?? options.Value.HandlerLimit;

    /// <summary>How long the database waits for the next statement: a handler that waits for the outside gives none until its limit.</summary>
    private string IdleLimitOf(Lane lane)
    {
        var idle = options.Value.IdleLimit is { Ticks: > 0 } stated && subscriptions.LimitOf(lane.Subscriber) is { } limit ? limit + stated : options.Value.IdleLimit;
        return ((long)idle.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
    }

    private async Task<Claim?> ClaimAsync(NpgsqlConnection connection, Lane lane, bool patient, CancellationToken ct)
    {
        var size = options.Value.BatchSize;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Locking(lane, patient) } };
        foreach (var sql in new[] { ClaimScheduledSql, ClaimWaitingSql })
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = lane.Subscriber }, new() { Value = lane.Number }, new() { Value = size } } });
        }

        batch.BatchCommands[1].Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (reader.GetString(0) != "true") return null;

        await reader.NextResultAsync(ct);
        var scheduled = await ReadRowsAsync(reader, ct);
        await reader.NextResultAsync(ct);
        var waiting = await ReadRowsAsync(reader, ct);
        return new Claim([.. scheduled, .. waiting], scheduled.Count == size || waiting.Count == size);
    }

    /// <summary>Takes the lane until the transaction ends, and tells the database how long to wait for a host that says nothing more. Answers <c>true</c> or <c>false</c>.</summary>
    private NpgsqlBatchCommand Locking(Lane lane, bool patient)
    {
        var held = !options.Value.LocksLanes ? "$1::bigint is not null" : patient ? "pg_advisory_xact_lock($1) is not null" : "pg_try_advisory_xact_lock($1)";
        return new NpgsqlBatchCommand($"select set_config('mila.lane', ({held})::text, true), set_config('idle_in_transaction_session_timeout', $2, true)")
        {
            Parameters = { new() { Value = lane.LockKey }, new() { Value = IdleLimitOf(lane) } },
        };
    }

    private async Task<bool> LockLaneAsync(NpgsqlConnection connection, Lane lane, bool patient, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Locking(lane, patient) } };
        return (string)(await batch.ExecuteScalarAsync(ct))! == "true";
    }

    private static async Task<Row?> ReadOneAsync(NpgsqlConnection connection, long seq, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ClaimOneSql, connection) { Parameters = { new() { Value = seq } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return (await ReadRowsAsync(reader, ct)).SingleOrDefault();
    }

    private static async Task<List<Row>> ReadRowsAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        var rows = new List<Row>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new Row(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetGuid(4), await reader.IsDBNullAsync(5, ct) ? null : reader.GetString(5)));
        }

        return rows;
    }

    /// <summary>The last statements of a delivery: its rows go, and those that its handlers published come.</summary>
    private async Task CompleteAsync(NpgsqlConnection connection, IEnumerable<long> seqs, IReadOnlyList<OutboxRow> published, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("delete from mila.outbox where seq = any($1)", connection)
        {
            Parameters = { new() { Value = seqs.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint } },
        };
        await command.ExecuteNonQueryAsync(ct);
        await OutboxInsert.WriteAsync(connection, published, options.Value.LocksBuckets, ct);
    }

    private async Task PostponeAsync(Lane lane, Row row, Exception e, CancellationToken ct)
    {
        var pauses = options.Value.Pauses;
        var park = row.Attempts >= pauses.Count;
        var now = clock.GetUtcNow().UtcDateTime;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        // Within the lane: a dispatcher of another host that claims meanwhile would pass over the locked row and take a later one of its aggregate.
        await LockLaneAsync(connection, lane, patient: true, ct);
        await using var command = new NpgsqlCommand("""
            update mila.outbox set attempts = attempts + 1, error = $2, due_at = $3, parked_at = $4 where seq = $1 and attempts = $5 and parked_at is null
            """, connection);
        command.Parameters.Add(new() { Value = row.Seq });
        command.Parameters.Add(new() { Value = Storable($"{e.GetType().Name}: {e.Message}") });
        command.Parameters.Add(new() { Value = park ? now : now + pauses[row.Attempts] });
        command.Parameters.Add(new() { Value = park ? now : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = row.Attempts });
        if (await command.ExecuteNonQueryAsync(ct) == 0) return;

        await transaction.CommitAsync(ct);
        if (park) LogParked(logger, lane.Subscriber, row.Type, row.Seq, e.GetType().Name);
        else LogPostponed(logger, lane.Subscriber, row.Type, row.Seq, row.Attempts + 1, e.GetType().Name);
    }

    /// <summary>A message as PostgreSQL takes it: a fault that cannot be written down would never be counted.</summary>
    private static string Storable(string message)
    {
        const int longest = 2000;
        return string.Concat((message.Length > longest ? message[..longest] : message).EnumerateRunes().Select(rune => rune.Value == 0 ? "\ufffd" : rune.ToString()));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A batch of {Rows} for {Subscriber} met {Fault}: taking its rows one by one")]
    private static partial void LogBatchFailed(ILogger logger, string subscriber, int rows, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Subscriber} failed on {Type} #{Seq}, attempt {Attempt}: {Fault}")]
    private static partial void LogPostponed(ILogger logger, string subscriber, string type, long seq, int attempt, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Subscriber} gave up on {Type} #{Seq}: {Fault}. See /v1/dead-letters")]
    private static partial void LogParked(ILogger logger, string subscriber, string type, long seq, string fault);

    private sealed record Claim(IReadOnlyList<Row> Rows, bool More);

    private sealed record Row(long Seq, string Type, string Body, int Attempts, Guid Aggregate, string? Trace);
}
