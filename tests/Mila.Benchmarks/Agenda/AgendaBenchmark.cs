using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mila.BuildingBlocks.Hosting;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Security;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Feeds;
using Mila.Events.Programmes;
using Mila.Host;
using Npgsql;

namespace Mila.Benchmarks.Agenda;

/// <summary>Feeds against nginx with the same bytes, lists against a bare API on the same database, each pair in turns within one run.</summary>
internal static class AgendaBenchmark
{
    private const int Rounds = 7;

    // Not counted: the runtime still compiles.
    private const int FirstRounds = 4;
    private static readonly TimeProvider Clock = TimeProvider.System;

    public static async Task<int> RunAsync(string? connectionString)
    {
        var folder = Path.Combine("/tmp", "mila-bench-" + Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N"));
        Directory.CreateDirectory(folder);
        try
        {
            await using var server = await BenchmarkServer.FindAsync(connectionString);
            await MeasureAsync(await server.CreateDatabaseAsync(), folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(string connectionString, string folder)
    {
        var settings = new HostSettings(0, folder, Import: false, Demo: false);
        await using var app = MilaApp.Build(settings, connectionString, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection([new("RateLimits:KeyPerMinute", "0"), new("RateLimits:AnonymousPerMinute", "0"), new("PublicUrl", "https://mila.example")]);
        });
        await app.PrepareAsync(folder, default);
        var store = app.Services.GetRequiredService<IDocumentStore>();
        await SeedAsync(store, 0, 32);
        await app.StartAsync();
        var address = new Uri($"http://127.0.0.1:{new Uri(app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal)).Port}");
        var key = (await File.ReadAllTextAsync(Path.Combine(folder, FirstAdministrator.FileName))).Trim();

        Console.WriteLine($"{Environment.ProcessorCount} cores, load {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}");
        Console.WriteLine();
        Console.WriteLine("| figure | measured | yardstick | ratio (range) | wanted |");
        Console.WriteLine("|---|---|---|---|---|");
        await FeedAsync(address, folder);
        await ListAsync(store, app, address, key, connectionString);
        await PagesAsync(store, app.Services.GetRequiredService<PublicAgenda>(), address, key);
        await RebuildAsync(store, app);
        Console.WriteLine();
        Console.WriteLine($"load at the end {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}");
        await app.StopAsync();
    }

    private static async Task SeedAsync(IDocumentStore store, int from, int count)
    {
        var at = Clock.GetUtcNow();
        if (from == 0)
        {
            await using var session = store.LightweightSession();
            session.Store(Programme.Found(Guid.CreateVersion7(at), "club-mila", new ProgrammePlan("Club MILA", null, null, null, null, [], null), at));
            await session.SaveChangesAsync();
        }

        var events = Enumerable.Range(from, count).Select(i =>
        {
            var starts = at.AddDays(1).AddHours(i);
            if (!Event.Plan(Guid.CreateVersion7(at.AddTicks(i)), $"rencontre-{i}", new EventPlan(
                "club-mila", new EventTexts(new LocalizedText($"Rencontre n° {i} : stratégie vidéo & développement d'audience", $"Meeting {i}"), new LocalizedText("Une **rencontre** avec des *professionnels*.\n\n- ce qui change\n- ce qui reste")),
                EventStatus.Planned, null, starts, starts.AddHours(2), new Venue(VenueMode.OnSite, "MILA", "Rue André Messager, 75018 Paris"), Audience.Members, 40, 2, [], [new Speaker("Ada Lovelace", "invitée")], ["vidéo"]), at).Succeeded(out var planned, out _)) throw new InvalidOperationException();
            planned.Publish(at);
            return planned;
        });
        await store.BulkInsertAsync([.. events], batchSize: 2000);
        await using var bell = store.LightweightSession();
        var programme = await bell.Query<Programme>().FirstAsync();
        programme.Replan(programme.Plan, Clock.GetUtcNow());
        bell.Store(programme);
        await bell.SaveChangesAsync();
    }

    private static async Task FeedAsync(Uri mila, string folder)
    {
        using var client = new HttpClient { BaseAddress = mila };
        byte[] bytes;
        do bytes = await client.GetByteArrayAsync("/feeds/events.ics");
        while (!Encoding.UTF8.GetString(bytes).Contains("rencontre-31", StringComparison.Ordinal));
        await using var nginx = await Nginx.StartAsync(folder, bytes);
        foreach (var (name, known, wanted) in ((string, bool, string)[])[("200", false, "≥ 0.8"), ("304", true, "≥ 0.7")])
        {
            var ours = await HeadersAsync(new Uri(mila, "/feeds/events.ics"), known);
            var theirs = await HeadersAsync(new Uri(nginx.Address, "/feeds/events.ics"), known);
            await RatioAsync($"cached feed of {bytes.Length / 1024} kB, {name}, against nginx", new Uri(mila, "/feeds/events.ics"), ours, new Uri(nginx.Address, "/feeds/events.ics"), theirs, wanted);
        }
    }

    private static async Task<string[]> HeadersAsync(Uri url, bool known)
    {
        if (!known) return [];

        using var client = new HttpClient();
        using var answer = await client.GetAsync(url);
        return [$"If-None-Match: {answer.Headers.ETag}"];
    }

    private static async Task ListAsync(IDocumentStore store, WebApplication app, Uri mila, string key, string connectionString)
    {
        await SeedAsync(store, 32, 968);
        await using var bare = await BareApi.StartAsync(connectionString, app.Services.GetRequiredService<NpgsqlDataSource>());
        await RatioAsync(
            "list of 20 of 1 000 events, against a bare API with raw Npgsql and a plain table", new Uri(mila, "/v1/events?limit=20"), [$"Authorization: Bearer {key}"], new Uri(bare.Address, "/events?limit=20"), [], "≥ 0.7");
    }

    /// <summary>One caller, one request at a time: the median of the answers' times.</summary>
    private static async Task PagesAsync(IDocumentStore store, PublicAgenda agenda, Uri mila, string key)
    {
        using var client = new HttpClient { BaseAddress = mila };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        const string first = "/v1/events?limit=50&sort=startsAt";
        var small = await MedianAsync(client, first);
        await SeedAsync(store, 1000, 99_000);
        await using (var session = store.QuerySession())
        {
            await using var command = new NpgsqlCommand("analyze events.mt_doc_event");
            await session.ExecuteReaderAsync(command, default).ContinueWith(r => r.Result.DisposeAsync().AsTask(), TaskScheduler.Default).Unwrap();
        }

        // The agenda reads what was added meanwhile; that is not what is measured here.
        await agenda.RefreshAsync(default);
        var large = await MedianAsync(client, first);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| page of 50 of 100 000 events | {large:0.00} ms | {small:0.00} ms of 1 000 | {large / small:0.00} | ≤ 1.5 |"));
        GC.Collect();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| memory with 100 000 events, all public and so all in the agenda, no form of which was asked for | {GC.GetTotalMemory(forceFullCollection: true) / 1_000_000} MB in use, {Environment.WorkingSet / 1_000_000} MB of the process | | | |"));
        var far = first;
        for (var page = 0; page < 200; page++)
        {
            var answer = System.Text.Json.JsonDocument.Parse(await client.GetStringAsync(new Uri(mila, far.Replace("limit=50", "limit=250", StringComparison.Ordinal))));
            far = new Uri(answer.RootElement.GetProperty("next").GetString()!).PathAndQuery;
        }

        far = far.Replace("limit=250", "limit=50", StringComparison.Ordinal);
        var (near, deep) = (new List<double>(), new List<double>());
        for (var i = 0; i < 5; i++)
        {
            near.Add(await MedianAsync(client, first));
            deep.Add(await MedianAsync(client, far));
        }

        var (one, n) = (Median(near), Median(deep));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| page after 50 000 of 100 000 events | {n:0.00} ms | {one:0.00} ms, page 1 | {n / one:0.00} | ≤ 1.5 |"));
        await using var delete = store.LightweightSession();
        delete.DeleteWhere<Event>(_ => true);
        await delete.SaveChangesAsync();
    }

    private static async Task RebuildAsync(IDocumentStore store, WebApplication app)
    {
        var agenda = app.Services.GetRequiredService<PublicAgenda>();
        await SeedAsync(store, 1, 10_000);
        foreach (var format in FeedFormat.All)
        {
            var cold = new List<double>();
            var warm = new List<double>();
            for (var i = 0; i < 3; i++)
            {
                await using (var session = store.LightweightSession())
                {
                    session.DeleteWhere<Event>(_ => true);
                    await session.SaveChangesAsync();
                }

                await agenda.RefreshAsync(default);
                await SeedAsync(store, 1, 10_000);
                cold.Add(await BuildAsync(agenda, format));
                await using (var session = store.LightweightSession())
                {
                    var changed = await session.Query<Event>().FirstAsync();
                    changed.Cancel(new LocalizedText("Malade"), Clock.GetUtcNow());
                    session.Store(changed);
                    await session.SaveChangesAsync();
                }

                warm.Add(await BuildAsync(agenda, format));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {format.Ending} of 10 000 events, rebuilt after one change: read and written | {Median(warm):0} ms | {Median(cold):0} ms for the first time | | ≤ 1 000 ms |"));
        }
    }

    private static async Task<double> BuildAsync(PublicAgenda agenda, FeedFormat format)
    {
        var clock = Stopwatch.StartNew();
        await agenda.RefreshAsync(default);
        var bytes = await (await agenda.EditionAsync(default)).GetAsync(new FeedForm(format, AgendaFilter.None));
        if (bytes.Length < 100_000) throw new InvalidOperationException("The feed is empty.");
        return clock.Elapsed.TotalMilliseconds;
    }

    private static async Task<double> MedianAsync(HttpClient client, string path)
    {
        var times = new List<double>();
        for (var i = 0; i < 220; i++)
        {
            var clock = Stopwatch.GetTimestamp();
            using (var answer = await client.GetAsync(new Uri(client.BaseAddress!, path)))
            {
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
            }

            if (i >= 20) times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        return Median(times);
    }

    private static async Task RatioAsync(string figure, Uri ours, string[] ourHeaders, Uri theirs, string[] theirHeaders, string wanted)
    {
        var (measured, yardstick, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = -FirstRounds; round < Rounds; round++)
        {
            // In turns, and the other first every second time: what else the machine does falls on both.
            var first = round % 2 == 0 ? await Wrk.RunAsync(ours, 3, ourHeaders) : 0;
            var other = await Wrk.RunAsync(theirs, 3, theirHeaders);
            if (first == 0) first = await Wrk.RunAsync(ours, 3, ourHeaders);
            if (round < 0) continue;

            measured.Add(first);
            yardstick.Add(other);
            ratios.Add(first / other);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {figure} | {Median(measured):0}/s | {Median(yardstick):0}/s | {Median(ratios):0.00} ({ratios.Min():0.00}–{ratios.Max():0.00}) | {wanted} |"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
