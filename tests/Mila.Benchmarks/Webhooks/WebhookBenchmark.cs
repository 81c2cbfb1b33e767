using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Mila.Partners.Webhooks.Signing;

namespace Mila.Benchmarks.Webhooks;

/// <summary>
/// What webhooks cost: fan-out of 1 KiB bodies to 50 loopback endpoints, queue and attempt log in a PostgreSQL that waits for its disk, against a bare <see cref="HttpClient"/> loop
/// that posts the same signed bodies to the same receivers at the same concurrency in the same minute.
/// </summary>
internal static class WebhookBenchmark
{
    private const int Endpoints = 50;
    private const int PerEndpoint = 16;
    private const int Messages = 600;
    private const int Rounds = 5;
    private static readonly TimeProvider Clock = TimeProvider.System;

    public static async Task<int> RunAsync(string? connectionString)
    {
        await using var server = await BenchmarkServer.FindAsync(connectionString);
        Console.WriteLine($"load at the start {await LoadAsync()}");
        Console.WriteLine();
        Console.WriteLine("| figure | measured | wanted | yardstick in the same run | ratio |");
        Console.WriteLine("|---|---|---|---|---|");
        await FanOutAsync(await server.CreateDatabaseAsync());
        await SlowReceiversAsync(await server.CreateDatabaseAsync());
        await HangingAsync(await server.CreateDatabaseAsync());
        await IdleAsync(await server.CreateDatabaseAsync());
        Console.WriteLine();
        Console.WriteLine($"load at the end {await LoadAsync()}");
        return 0;
    }

    private static async Task FanOutAsync(string connectionString)
    {
        await using var receivers = await Sink.Receivers.StartAsync(Endpoints, TimeSpan.Zero);
        await using var rig = await WebhookRig.StartAsync(connectionString);
        await WarmAsync(rig, receivers);
        var (bare, ours) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            bare.Add(await BareAsync(receivers.Urls, Endpoints * PerEndpoint, Endpoints * Messages));
            ours.Add(await DrainAsync(rig, receivers.Urls, Messages));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bare {bare[^1]:0}/s, ours {ours[^1]:0}/s"));
        }

        Row($"fan-out of 1 KiB to {Endpoints} endpoints, {Endpoints * PerEndpoint} at a time, median of {Rounds}", Median(ours), "/s", "≥ 0.4", Median(bare), "/s bare HttpClient loop");
        var ratios = ours.Zip(bare, (mine, theirs) => mine / theirs).Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| the ratios of the {Rounds} rounds, each beside its own yardstick | {string.Join(", ", ratios.Select(r => r.ToString("0.00", CultureInfo.InvariantCulture)))} | median ≥ 0.4 | | {Median(ratios):0.00} |"));
    }

    private static async Task SlowReceiversAsync(string connectionString)
    {
        const int few = 10;
        var latency = TimeSpan.FromMilliseconds(50);
        await using var receivers = await Sink.Receivers.StartAsync(few, latency);
        await using var rig = await WebhookRig.StartAsync(connectionString);
        await WarmAsync(rig, receivers);
        var ours = new List<double>();
        for (var round = 0; round < Rounds; round++) ours.Add(await DrainAsync(rig, receivers.Urls, 1000));
        var bare = await BareAsync(receivers.Urls, few * PerEndpoint, few * 1000);
        Row($"receivers that answer after 50 ms, {few * PerEndpoint} at a time, median of {Rounds}", Median(ours), "/s", "≥ 0.8", few * PerEndpoint / latency.TotalSeconds, "/s concurrency / latency");
        Row("the same, the bare loop", bare, "/s", "", few * PerEndpoint / latency.TotalSeconds, "/s concurrency / latency");
    }

    private static async Task HangingAsync(string connectionString)
    {
        await using var receivers = await Sink.Receivers.StartAsync(Endpoints - 1, TimeSpan.Zero);
        await using var rig = await WebhookRig.StartAsync(connectionString);
        await WarmAsync(rig, receivers);
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start(1024);
        var hung = await rig.OpenAsync([new Uri($"http://127.0.0.1:{((IPEndPoint)hanging.LocalEndpoint).Port}/hooks")], enabled: false);
        var (alone, beside) = (new List<double>(), new List<double>());
        for (var round = 0; round < 5; round++)
        {
            alone.Add(await DrainAsync(rig, receivers.Urls, Messages));
            await rig.SayAsync(Messages, hung);
            await rig.EnableAsync(hung);
            rig.Pump.Ring();
            beside.Add(await DrainAsync(rig, receivers.Urls, Messages));
            await rig.EnableAsync(hung, enabled: false);
            await rig.ScalarAsync<long>($"with gone as (delete from partners.webhook_deliveries where endpoint_id = '{hung[0]}' and claimed_by is null returning 1) select count(*) from gone");
        }

        Row($"{Endpoints - 1} endpoints beside one that accepts nothing, median of 5", Median(beside), "/s", "≥ 0.95", Median(alone), "/s without it");
    }

    /// <summary>From the return of a commit to the first byte at the receiver, one at a time.</summary>
    private static async Task IdleAsync(string connectionString)
    {
        await using var rig = await WebhookRig.StartAsync(connectionString);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var arrivals = new BlockingCollection<long>();
        _ = AnswerAsync(listener, arrivals);
        var endpoint = await rig.OpenAsync([new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hooks")], enabled: true);
        var times = new List<double>();
        for (var i = 0; i < 330; i++)
        {
            await rig.SayAsync(1, endpoint);
            var committed = Stopwatch.GetTimestamp();
            var at = await Task.Run(arrivals.Take);
            if (i >= 30) times.Add(Math.Max(0, Stopwatch.GetElapsedTime(committed, at).TotalMilliseconds));
            await Task.Delay(TimeSpan.FromMilliseconds(10), Clock);
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| commit to receiver, idle host, median / 95 % of {times.Count} | {Median(times):0.0} / {times[(int)(times.Count * 0.95)]:0.0} ms | ≤ 50 ms | | |"));
    }

    private static async Task AnswerAsync(TcpListener listener, BlockingCollection<long> arrivals)
    {
        try
        {
            while (true) _ = ConverseAsync(await listener.AcceptSocketAsync(), arrivals);
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The trial is over.
        }
    }

    private static async Task ConverseAsync(Socket socket, BlockingCollection<long> arrivals)
    {
        using var _ = socket;
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var length = 0;
            do
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length));
                if (read == 0) return;
                if (length == 0) arrivals.Add(Stopwatch.GetTimestamp());
                length += read;
            }
            while (!buffer.AsSpan(0, length).EndsWith("}}"u8));
            await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        }
    }

    /// <summary>The first are the compiler's.</summary>
    private static async Task WarmAsync(WebhookRig rig, Sink.Receivers receivers)
    {
        await DrainAsync(rig, receivers.Urls, 200);
        await BareAsync(receivers.Urls, receivers.Urls.Count * PerEndpoint, receivers.Urls.Count * 200);
    }

    /// <summary>Deliveries a second of a queue that was filled beforehand, until each has its row in the log and none in the queue.</summary>
    private static async Task<double> DrainAsync(WebhookRig rig, IReadOnlyList<Uri> urls, int messages)
    {
        var endpoints = await rig.OpenAsync(urls, enabled: false);
        await rig.SayAsync(messages, endpoints);
        await rig.ScalarAsync<object>("select count(*) from partners.webhook_deliveries");
        var wanted = rig.Pump.Completed + ((long)messages * urls.Count);
        await rig.EnableAsync(endpoints);
        var started = Stopwatch.GetTimestamp();
        rig.Pump.Ring();
        while (rig.Pump.Completed < wanted) await Task.Delay(TimeSpan.FromMilliseconds(2), Clock);
        var rate = messages * urls.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await rig.EnableAsync(endpoints, enabled: false);
        return rate;
    }

    /// <summary>The same bodies, signed beforehand, by as many loops as there would be deliveries under way.</summary>
    private static async Task<double> BareAsync(IReadOnlyList<Uri> urls, int concurrency, int requests)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
        var key = WebhookKey.Generate(WebhookKey.V1);
        var bodies = Enumerable.Range(0, 100).Select(i => Encoding.UTF8.GetBytes($"{{\"type\":\"webhook.test\",\"data\":{{\"text\":\"{new string('x', 960)}{i:000}\"}}}}")).ToArray();
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();
        var signed = bodies.Select((body, i) => (Body: body, Id: MessageIds.New(), Signature: "")).Select(m => m with { Signature = key.Sign(m.Id, now, m.Body) }).ToArray();
        var stamp = now.ToString(CultureInfo.InvariantCulture);
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(async _ =>
        {
            await Task.Yield();
            while (Interlocked.Increment(ref next) is var i && i < requests)
            {
                var (body, id, signature) = signed[i % signed.Length];
                using var request = new HttpRequestMessage(HttpMethod.Post, urls[i % urls.Count]) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new("application/json");
                request.Headers.TryAddWithoutValidation("webhook-id", id);
                request.Headers.TryAddWithoutValidation("webhook-timestamp", stamp);
                request.Headers.TryAddWithoutValidation("webhook-signature", signature);
                using var answer = await http.SendAsync(request);
                answer.EnsureSuccessStatusCode();
            }
        }));
        return requests / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<string> LoadAsync() => File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0] : "unknown";

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[(sorted.Length - 1) / 2];
    }

    private static void Row(string figure, double measured, string unit, string wanted, double yardstick, string of) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {figure} | {measured:0} {unit} | {wanted} | {yardstick:0} {of} | {measured / yardstick:0.00} |"));
}
