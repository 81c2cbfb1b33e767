using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Marten;
using MediatR;
using Mila.BuildingBlocks.Outbox;
using Mila.Testing.Outbox;
using Npgsql;

namespace Mila.Benchmarks.Outbox;

/// <summary>
/// The figures of the outbox on a server that waits for its disk, each beside a yardstick measured in the same minute: what the machine itself can do.
/// </summary>
internal static class OutboxBenchmark
{
    private const int Writers = 16;
    private const int Preloaded = 6000;
    private const int IdleSamples = 500;
    private static readonly string Text = new('m', 200);
    private static readonly TimeProvider Clock = TimeProvider.System;

    public static async Task<int> RunAsync(string? connectionString)
    {
        await using var server = await BenchmarkServer.FindAsync(connectionString);
        await MeasureAsync(await server.CreateDatabaseAsync());
        return 0;
    }

    private static async Task MeasureAsync(string connectionString)
    {
        await TrialHost.PrepareAsync(connectionString);
        await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = Writers + 4, MaxAutoPrepare = 20 });
        await ExecuteAsync(database, "create table if not exists yardstick (id uuid primary key, text text not null)");

        Console.WriteLine($"PostgreSQL {await ScalarAsync<string>(database, "show server_version")}, fsync {await ScalarAsync<string>(database, "show fsync")}, {Environment.ProcessorCount} cores, load {await LoadAsync()}");
        Console.WriteLine();
        Console.WriteLine("| figure | measured | wanted | yardstick | ratio |");
        Console.WriteLine("|---|---|---|---|---|");

        var notify = await NotifyRoundTripAsync(database);
        await IdleAsync(connectionString, notify, "");
        await BesideFailuresAsync(connectionString, database, notify);
        var commits = await CommitRateAsync(database);
        await DrainAsync(connectionString, database, commits);
        commits = await CommitRateAsync(database);
        await PressureAsync(connectionString, database, commits);
        commits = await CommitRateAsync(database);
        await OneAggregateAsync(connectionString, commits);
        await using (var host = await TrialHost.StartAsync(connectionString)) await ScheduleAsync(host, "scheduled rows after their time");
        Console.WriteLine();
        Console.WriteLine($"load at the end {await LoadAsync()}");
    }

    /// <summary>From the return of a commit to the start of the handler, one at a time.</summary>
    private static async Task IdleAsync(string connectionString, double[] notify, string beside)
    {
        await using var host = await TrialHost.StartAsync(connectionString);
        host.Interference.Before = (_, _, _, _) => throw new InvalidOperationException("Always.");
        var arrived = new ConcurrentDictionary<Guid, TaskCompletionSource<long>>();
        host.Interference.Sampled = id =>
        {
            if (arrived.TryGetValue(id, out var waiting)) waiting.TrySetResult(Stopwatch.GetTimestamp());
        };
        var fromCommit = new List<double>();
        var fromSave = new List<double>();
        for (var i = 0; i < IdleSamples + 50; i++)
        {
            var id = Guid.CreateVersion7(Clock.GetUtcNow());
            var handled = arrived[id] = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            var saving = Stopwatch.GetTimestamp();
            await host.WriteAsync(session => PublishAsync(session, id));
            var committed = Stopwatch.GetTimestamp();
            var at = await handled.Task;
            if (i < 50) continue; // The first are the compiler's.

            fromCommit.Add(Math.Max(0, Milliseconds(committed, at)));
            fromSave.Add(Milliseconds(saving, at));
            await Task.Delay(TimeSpan.FromMilliseconds(5), Clock);
        }

        Row($"commit to handler{beside}, median", Percentile(fromCommit, 0.5), "ms", "≤ 10", Percentile(notify, 0.5), "ms NOTIFY round trip");
        Row($"commit to handler{beside}, 95 %", Percentile(fromCommit, 0.95), "ms", "≤ 30", Percentile(notify, 0.95), "ms NOTIFY round trip, 95 %");
        if (beside.Length > 0) return;

        Row("save to handler (commit included), median", Percentile(fromSave, 0.5), "ms", "", Percentile(notify, 0.5), "ms NOTIFY round trip");
        Row("save to handler (commit included), 95 %", Percentile(fromSave, 0.95), "ms", "", Percentile(notify, 0.95), "ms NOTIFY round trip, 95 %");
    }

    /// <summary>The same while another handler throws on each of 1 000 notifications, again and again.</summary>
    private static async Task BesideFailuresAsync(string connectionString, NpgsqlDataSource database, double[] notify)
    {
        await using (var idle = await TrialHost.StartAsync(connectionString, "filler", configure: options => options.Dispatchers = 0))
        {
            for (var i = 0; i < 10; i++)
            {
                await idle.WriteAsync(session =>
                {
                    for (var j = 0; j < 100; j++) session.Publish(Deed(Guid.CreateVersion7(Clock.GetUtcNow()), 1));
                    return Task.CompletedTask;
                });
            }
        }

        await IdleAsync(connectionString, notify, " beside a handler that always throws");
        Console.WriteLine($"| its failures meanwhile | {await ScalarAsync<long>(database, "select sum(attempts)::bigint from mila.outbox")} | | | |");
        await ExecuteAsync(database, "delete from mila.outbox");
    }

    /// <summary>A queue filled beforehand, by a host that has nothing else to do.</summary>
    private static async Task DrainAsync(string connectionString, NpgsqlDataSource database, double commits)
    {
        var best = 0d;
        for (var round = 0; round < 3; round++)
        {
            await FillAsync(connectionString, Preloaded);
            var started = Stopwatch.GetTimestamp();
            await using var host = await TrialHost.StartAsync(connectionString);
            await EmptyAsync(database);
            best = Math.Max(best, Preloaded / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        Row("drain, handler stores one document (start of the host included), best of 3", best, "/s", "≥ 1 500", commits, $"raw commits/s, {Writers} connections");
    }

    /// <summary>Writers as fast as they can beside the dispatchers: does the queue grow, and do scheduled rows come in time?</summary>
    private static async Task PressureAsync(string connectionString, NpgsqlDataSource database, double commits)
    {
        await using var host = await TrialHost.StartAsync(connectionString);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(12), Clock);
        var writing = WriteAtFullSpeedAsync(host, () => new SampleTaken(Guid.CreateVersion7(Clock.GetUtcNow()), Clock.GetUtcNow(), Text), stop.Token);
        var scheduled = ScheduleAsync(host, "scheduled rows after their time, beside them");
        var lengths = new List<double>();
        while (!writing.IsCompleted)
        {
            await Task.WhenAny(writing, Task.Delay(TimeSpan.FromMilliseconds(250), Clock));
            lengths.Add(await ScalarAsync<long>(database, "select count(*) from mila.outbox where due_at = '-infinity'"));
        }

        var rate = await writing;
        var emptying = Stopwatch.GetTimestamp();
        await EmptyAsync(database);
        var emptied = Stopwatch.GetElapsedTime(emptying);
        await scheduled;
        Row($"{Writers} writers at full speed", rate, "writes/s", "", commits, $"raw commits/s, {Writers} connections");
        var third = lengths.Count / 3;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| queue under them, mean of each third | {lengths.Take(third).Average():0}, {lengths.Skip(third).Take(third).Average():0}, {lengths.Skip(2 * third).Average():0} (longest {lengths.Max():0}) | does not grow | | |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| queue when they stop | {lengths[^1]:0}, empty {emptied.TotalMilliseconds:0} ms later | | | |"));
    }

    /// <summary>The worst that can be asked of the order: all write for one aggregate, and wait for one another's commits.</summary>
    private static async Task OneAggregateAsync(string connectionString, double commits)
    {
        await using var host = await TrialHost.StartAsync(connectionString);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(5), Clock);
        var actor = Guid.CreateVersion7(Clock.GetUtcNow());
        var rate = await WriteAtFullSpeedAsync(host, () => Deed(actor, 1), stop.Token);
        Row($"{Writers} writers for one aggregate", rate, "writes/s", "", commits, $"raw commits/s, {Writers} connections");
    }

    private static async Task<double> WriteAtFullSpeedAsync(TrialHost host, Func<INotification> next, CancellationToken ct)
    {
        long written = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            while (!ct.IsCancellationRequested)
            {
                await host.WriteAsync(session =>
                {
                    session.Publish(next());
                    return Task.CompletedTask;
                });
                Interlocked.Increment(ref written);
            }
        }));
        return written / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>How late scheduled rows come.</summary>
    private static async Task ScheduleAsync(TrialHost host, string figure)
    {
        var due = new ConcurrentDictionary<Guid, DateTimeOffset>();
        var late = new ConcurrentBag<double>();
        var all = new TaskCompletionSource();
        host.Interference.Sampled = id =>
        {
            if (!due.TryGetValue(id, out var at)) return;

            late.Add((Clock.GetUtcNow() - at).TotalMilliseconds);
            if (late.Count == 100) all.TrySetResult();
        };
        for (var i = 0; i < 100; i++)
        {
            var id = Guid.CreateVersion7(Clock.GetUtcNow());
            var at = due[id] = Clock.GetUtcNow().AddMilliseconds(2500 + (i * 43));
            await host.WriteAsync(session =>
            {
                session.PublishAt(new SampleTaken(id, at, Text), at);
                return Task.CompletedTask;
            });
        }

        await all.Task;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {figure}, median / latest of 100 | {Percentile(late, 0.5):0} / {late.Max():0} ms | ≤ 1 000 ms | | |"));
    }

    private static async Task<double> CommitRateAsync(NpgsqlDataSource database)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3), Clock);
        long commits = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async _ =>
        {
            await using var connection = await database.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("insert into yardstick (id, text) values ($1, $2)", connection);
            while (!stop.IsCancellationRequested)
            {
                command.Parameters.Clear();
                command.Parameters.Add(new() { Value = Guid.CreateVersion7(Clock.GetUtcNow()) });
                command.Parameters.Add(new() { Value = Text });
                await command.ExecuteNonQueryAsync();
                Interlocked.Increment(ref commits);
            }
        }));
        return commits / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<double[]> NotifyRoundTripAsync(NpgsqlDataSource database)
    {
        await using var listener = await database.OpenConnectionAsync();
        await using (var listen = new NpgsqlCommand("listen yardstick", listener)) await listen.ExecuteNonQueryAsync();
        var times = new List<double>();
        for (var i = 0; i < 220; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var heard = listener.WaitAsync();
            await ExecuteAsync(database, "notify yardstick");
            await heard;
            if (i >= 20) times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return [.. times];
    }

    private static async Task FillAsync(string connectionString, int rows)
    {
        await using var idle = await TrialHost.StartAsync(connectionString, "filler", configure: options => options.Dispatchers = 0);
        for (var i = 0; i < rows; i += 100)
        {
            await idle.WriteAsync(session =>
            {
                for (var j = 0; j < 100; j++) session.Publish(new SampleTaken(Guid.CreateVersion7(Clock.GetUtcNow()), Clock.GetUtcNow(), Text));
                return Task.CompletedTask;
            });
        }
    }

    private static DeedDone Deed(Guid actor, int number) => new(actor, Guid.CreateVersion7(Clock.GetUtcNow()), number, Clock.GetUtcNow());

    private static Task PublishAsync(IDocumentSession session, Guid id)
    {
        session.Publish(new SampleTaken(id, Clock.GetUtcNow(), Text));
        return Task.CompletedTask;
    }

    private static async Task EmptyAsync(NpgsqlDataSource database)
    {
        while (await ScalarAsync<bool>(database, "select exists (select from mila.outbox)")) await Task.Delay(TimeSpan.FromMilliseconds(10), Clock);
    }

    private static async Task<T> ScalarAsync<T>(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> LoadAsync() => File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0] : "unknown";

    private static double Milliseconds(long from, long to) => (to - from) * 1000d / Stopwatch.Frequency;

    private static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)((sorted.Length - 1) * share)];
    }

    private static void Row(string figure, double measured, string unit, string wanted, double yardstick, string of) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {figure} | {measured:0.#} {unit} | {wanted} | {yardstick:0.##} {of} | {measured / yardstick:0.##} |"));
}
