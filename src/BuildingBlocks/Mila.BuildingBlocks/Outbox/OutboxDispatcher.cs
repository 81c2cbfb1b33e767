using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mila.BuildingBlocks.Documents;
using Npgsql;
using NpgsqlTypes;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>
/// Keeps the dispatchers of one host busy. Woken by this host's own commits, by other hosts through LISTEN/NOTIFY, and by a slow poll that
/// finds scheduled rows and whatever a dead host left. Any number of hosts may run; there is no leader.
/// </summary>
internal sealed partial class OutboxDispatcher(
    NpgsqlDataSource database, OutboxDelivery delivery, OutboxBell bell, Subscriptions subscriptions, OutboxOrphans orphans,
    IOptions<OutboxOptions> options, TimeProvider clock, ILogger<OutboxDispatcher> logger) : Microsoft.Extensions.Hosting.BackgroundService
{
    private const string Channel = "mila_outbox";
    private static readonly TimeSpan ListenerPulse = TimeSpan.FromSeconds(10);

    private const string DueLanesSql = """
        select s.name, l.number from unnest($1::text[]) s(name) cross join generate_series(0, $2 - 1) l(number)
        where exists (
          select from mila.outbox o where o.subscriber = s.name and o.lane = l.number and o.parked_at is null and o.due_at <= $3
            and not exists (select from mila.outbox b where b.subscriber = s.name and b.aggregate = o.aggregate and b.seq < o.seq and b.attempts > 0 and b.parked_at is null))
        """;

    private readonly SemaphoreSlim _tellOthers = new(0, 1);
    private readonly ConcurrentDictionary<Task, Lane> _slow = new();
    private readonly string _name = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");
    private volatile bool _heard;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bell.Rung += WakeNotifier;
        try
        {
            // A host without dispatchers still tells those that have some.
            await (options.Value.Dispatchers == 0 ? KeepAsync(NotifyAsync, stoppingToken) : Task.WhenAll([
                .. Enumerable.Range(0, options.Value.Dispatchers).Select(_ => KeepAsync(DispatchAsync, stoppingToken)),
                KeepAsync(PollAsync, stoppingToken),
                KeepAsync(ListenAsync, stoppingToken),
                KeepAsync(NotifyAsync, stoppingToken)]));
            await Task.WhenAll(_slow.Keys);
        }
        finally
        {
            bell.Rung -= WakeNotifier;
        }
    }

    /// <summary>Serve everything that is due now, including what that publishes in turn. Rows waiting for a retry stay.</summary>
    public async Task DrainAsync(CancellationToken ct = default)
    {
        while (await DueLanesAsync(ct) is { Count: > 0 } lanes)
        {
            foreach (var lane in lanes)
            {
                while (await delivery.ServeAsync(lane, patient: true, ct))
                {
                    // Until the lane is empty.
                }
            }
        }
    }

    /// <summary>Serves one lane. A lane that is slow, for its handler waits for a mail server, say, goes on beside the dispatcher, which is there for the others again.</summary>
    private async Task DispatchAsync(CancellationToken ct)
    {
        var lane = await bell.NextAsync(ct);
        var serving = TryAsync(token => ServeAsync(lane, token), ct);
        if (options.Value.Patience != Timeout.InfiniteTimeSpan && !await EndsWithinAsync(serving, options.Value.Patience) && _slow.Count < options.Value.SlowLanes)
        {
            _slow[serving] = lane;
            _ = ForgetAsync(serving);
            return;
        }

        await serving;
    }

    private async Task ForgetAsync(Task serving)
    {
        await serving;
        _slow.TryRemove(serving, out _);
    }

    private async Task<bool> EndsWithinAsync(Task serving, TimeSpan patience)
    {
        if (serving.IsCompleted) return true;

        using var ended = new CancellationTokenSource();
        await Task.WhenAny(serving, Task.Delay(patience, clock, ended.Token));
        await ended.CancelAsync();
        return serving.IsCompleted;
    }

    private async Task ServeAsync(Lane lane, CancellationToken ct)
    {
        var more = true;
        try
        {
            more = await delivery.ServeAsync(lane, patient: false, ct);
        }
        catch
        {
            // The lane stays on the poll's list; queueing it again at once would spin on a database that is down.
            more = false;
            throw;
        }
        finally
        {
            bell.Done(lane, more);
        }
    }

    private async Task PollAsync(CancellationToken ct)
    {
        await EnqueueDueAsync(ct);
        await orphans.ParkNowAndThenAsync(ct);
        await Task.Delay(options.Value.Poll, clock, ct);
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenKeptAsync(ct);
        connection.Notification += (_, e) =>
        {
            if (e.Payload != _name) _heard = true;
        };
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        // What was announced while nobody listened.
        await EnqueueDueAsync(ct);
        await using var pulse = new NpgsqlCommand("select 1", connection) { CommandTimeout = (int)ListenerPulse.TotalSeconds };
        while (true)
        {
            // A connection whose other end is gone without a word would be listened to for ever.
            if (!await connection.WaitAsync(ListenerPulse, ct)) await pulse.ExecuteScalarAsync(ct);
            if (!_heard) continue;

            _heard = false;
            await EnqueueDueAsync(ct);
        }
    }

    // NOTIFY inside the writers' transactions would make their commits queue behind one another (PostgreSQL takes a global lock for it):
    // one statement after the commits, for all of them since the last, costs them nothing, and the poll stands behind it.
    private async Task NotifyAsync(CancellationToken ct)
    {
        await _tellOthers.WaitAsync(ct);
        await using (var command = database.CreateCommand("select pg_notify($1, $2)"))
        {
            command.Parameters.Add(new() { Value = Channel });
            command.Parameters.Add(new() { Value = _name });
            await command.ExecuteNonQueryAsync(ct);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(50), clock, ct);
    }

    private void WakeNotifier()
    {
        try
        {
            if (_tellOthers.CurrentCount == 0) _tellOthers.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it in between.
        }
    }

    private async Task EnqueueDueAsync(CancellationToken ct)
    {
        foreach (var lane in await DueLanesAsync(ct)) bell.Enqueue(lane);
    }

    private async Task<List<Lane>> DueLanesAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(DueLanesSql);
        command.Parameters.Add(new() { Value = subscriptions.Names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = Lane.Count });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lanes = new List<Lane>();
        while (await reader.ReadAsync(ct)) lanes.Add(new Lane(reader.GetString(0), (short)reader.GetInt32(1)));
        return lanes;
    }

    private async Task KeepAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested) await TryAsync(work, ct);
    }

    /// <summary>Do it; a fault (the database restarting, say) costs a second, not the dispatcher.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception e)
        {
            LogFault(logger, e.GetType().Name);
            await Task.Delay(TimeSpan.FromSeconds(1), clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox met {Fault} and goes on in a second")]
    private static partial void LogFault(ILogger logger, string fault);
}
