using System.Globalization;

namespace Mila.Benchmarks.Webhooks;

/// <summary>
/// Good endpoints beside a crowd of evil ones, for half a minute: every attempt ends in time, the process does not grow, and the good ones do not notice. Ends with 1 when a figure is missed.
/// </summary>
internal static class EvilBenchmark
{
    private const int OfEachKind = 3;
    private const int Good = 10;
    private static readonly TimeSpan s_span = TimeSpan.FromSeconds(40);
    private static readonly TimeProvider s_clock = TimeProvider.System;

    public static async Task<int> RunAsync(string? connectionString)
    {
        await using var server = await BenchmarkServer.FindAsync(connectionString);
        await using var receivers = await Sink.Receivers.StartAsync(Good, TimeSpan.Zero);
        await using var rig = await WebhookRig.StartAsync(await server.CreateDatabaseAsync());
        var good = await rig.OpenAsync(receivers.Urls, enabled: true);
        await PublishAsync(rig, good, TimeSpan.FromSeconds(8));
        await QuietAsync(rig, good);
        var (alone, _) = await LatencyAsync(rig, good);
        await rig.ScalarAsync<long>("with gone as (delete from partners.webhook_attempts returning 1) select count(*) from gone");
        var before = Settle();

        var crowd = await EvilReceivers.Crowd.StartAsync();
        var evil = new List<(string Kind, Guid[] Endpoints)>();
        foreach (var (kind, url) in crowd.All)
        {
            // One of each kind asked for order: what waits for it waits behind its first.
            evil.Add((kind, [.. await rig.OpenAsync(Enumerable.Repeat(url, OfEachKind - 1), enabled: true), .. await rig.OpenAsync([url], enabled: true, ordered: true)]));
        }

        var peak = before;
        using var watching = new CancellationTokenSource();
        var watch = WatchAsync(() => peak = Math.Max(peak, Environment.WorkingSet), watching.Token);
        await PublishAsync(rig, [.. good, .. evil.SelectMany(e => e.Endpoints)], s_span);
        await QuietAsync(rig, good);
        await rig.EnableAsync(evil.SelectMany(e => e.Endpoints), enabled: false);
        await Task.Delay(TimeSpan.FromSeconds(17), s_clock);
        await watching.CancelAsync();
        await watch;
        var after = Settle();
        var (median, p99) = await LatencyAsync(rig, good);
        var followed = await crowd.EndAsync();

        Console.WriteLine("| receiver | attempts | outcomes | longest |");
        Console.WriteLine("|---|---|---|---|");
        var longest = 0;
        foreach (var (kind, endpoints) in evil)
        {
            var (attempts, outcomes, took) = await AttemptsAsync(rig, endpoints);
            longest = Math.Max(longest, took);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {kind} | {attempts} | {outcomes} | {took} ms |"));
        }

        Console.WriteLine();
        Console.WriteLine("| figure | measured | wanted |");
        Console.WriteLine("|---|---|---|");
        Row("longest attempt", $"{longest} ms", "15 000 ms, and the time until it is noticed");
        Row("good endpoints, from commit to the end of the attempt, median / 99 %", string.Create(CultureInfo.InvariantCulture, $"{median:0} / {p99:0} ms"), "99 % ≤ 2 000 ms");
        Row("the same without the evil ones, median", string.Create(CultureInfo.InvariantCulture, $"{alone:0} ms"), "");
        Row("memory of the process: before, peak, after", string.Create(CultureInfo.InvariantCulture, $"{before / 1e6:0}, {peak / 1e6:0}, {after / 1e6:0} MB"), "peak ≤ before + 50 MB");
        Row("redirects that were followed", followed.ToString(CultureInfo.InvariantCulture), "0");
        return longest < 17_000 && p99 <= 2000 && peak - before <= 50_000_000 && followed == 0 ? 0 : 1;
    }

    /// <summary>Five messages a second to all.</summary>
    private static async Task PublishAsync(WebhookRig rig, Guid[] endpoints, TimeSpan span)
    {
        using var over = new CancellationTokenSource(span, s_clock);
        while (!over.IsCancellationRequested)
        {
            await rig.SayAsync(1, endpoints);
            await Task.Delay(TimeSpan.FromMilliseconds(200), s_clock);
        }
    }

    private static async Task QuietAsync(WebhookRig rig, Guid[] good)
    {
        while (await rig.ScalarAsync<long>($"select count(*) from partners.webhook_deliveries where endpoint_id in ({Listed(good)})") > 0) await Task.Delay(TimeSpan.FromMilliseconds(50), s_clock);
    }

    private static async Task<(double Median, double P99)> LatencyAsync(WebhookRig rig, Guid[] good)
    {
        var percentiles = await rig.ScalarAsync<double[]>($"""
            select percentile_cont(array[0.5, 0.99]) within group (order by extract(epoch from a.started_at - m.created_at) * 1000 + a.duration_ms)
            from partners.webhook_attempts a join partners.webhook_messages m on m.seq = a.message_seq where a.endpoint_id in ({Listed(good)})
            """);
        return (percentiles[0], percentiles[1]);
    }

    private static async Task<(long Attempts, string Outcomes, int Longest)> AttemptsAsync(WebhookRig rig, Guid[] endpoints)
    {
        var where = $"from partners.webhook_attempts where endpoint_id in ({Listed(endpoints)})";
        var outcomes = await rig.ScalarAsync<short[]>($"select array_agg(distinct outcome) {where}");
        return (await rig.ScalarAsync<long>($"select count(*) {where}"), string.Join(", ", outcomes.Select(o => Partners.Webhooks.Delivery.Outcomes.WordOf((Partners.Webhooks.Delivery.Outcome)o))), await rig.ScalarAsync<int>($"select max(duration_ms) {where}"));
    }

    private static string Listed(Guid[] endpoints) => string.Join(',', endpoints.Select(e => $"'{e}'"));

    private static async Task WatchAsync(Action look, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            look();
            await Task.Delay(TimeSpan.FromMilliseconds(100), s_clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static long Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }

    private static void Row(string figure, string measured, string wanted) => Console.WriteLine($"| {figure} | {measured} | {wanted} |");
}
