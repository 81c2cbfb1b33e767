using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Mila.BuildingBlocks.Security;
using Npgsql;

namespace Mila.Benchmarks.Registrations;

/// <summary>What a host of its own holds in memory with 100 000 public events and 1 000 000 registrations: at rest, and after everybody asked for something.</summary>
internal static class MemoryBenchmark
{
    private const int Events = 100_000;
    private const int PerEvent = 10;

    // Made from one event and one registration that the API stored, so that they are what the host writes. Ten years lie behind us and one ahead; each has a text of its own.
    private static readonly string[] Seeds =
    [
        $"""
        create table seed as select i, gen_random_uuid() id, now() + interval '1 year' - i * interval '58 minutes' starts_at from generate_series(1, {Events}) i
        """,
        """
        insert into events.mt_doc_event (id, data, mt_version)
        select s.id, e.data || jsonb_build_object(
          'id', s.id, 'slug', 'rencontre-' || s.i, 'status', case when s.starts_at < now() then 'Held' else 'Published' end,
          'texts', jsonb_build_object(
            'title', jsonb_build_object('fr', 'Rencontre ' || s.i || ' : stratégie vidéo et développement d''audience', 'en', 'Meeting ' || s.i || ': video strategy'),
            'summary', jsonb_build_object('fr', 'Une **rencontre** avec des professionnels : ' || repeat(md5(s.i::text) || ' ', 4), 'en', 'A **meeting** with professionals: ' || repeat(md5(s.i::text) || ' ', 4))),
          'when', (e.data -> 'when') || jsonb_build_object('startsAt', to_char(s.starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'endsAt', to_char((s.starts_at + interval '2 hours') at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
          'sortKey', to_char(s.starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')), gen_random_uuid()
        from seed s, (select data from events.mt_doc_event limit 1) e
        """,
        $$"""
        insert into events.mt_doc_registration (id, data, mt_version)
        select r.id, t.data || jsonb_build_object(
          'id', r.id, 'eventId', r.event, 'party', 'person p' || r.i || '.' || r.n || '@label.example',
          'person', (t.data -> 'person') || jsonb_build_object('name', 'Personne ' || r.i || ' ' || r.n, 'email', 'p' || r.i || '.' || r.n || '@label.example'),
          'liveKey', replace(r.event::text, '-', '') || ' p' || r.i || '.' || r.n || '@label.example'), gen_random_uuid()
        from (select s.i, n, s.id event, gen_random_uuid() id from seed s, generate_series(1, {{PerEvent}}) n) r, (select data from events.mt_doc_registration limit 1) t
        """,
        $"""
        insert into events.mt_doc_seatplan (id, data, mt_version)
        select s.id, p.data || jsonb_build_object('id', s.id, 'taken', {PerEvent}), gen_random_uuid() from seed s, (select data from events.mt_doc_seatplan limit 1) p
        """,
        """
        insert into partners.mt_doc_knownevent (id, data, mt_version)
        select s.id, k.data || jsonb_build_object('id', s.id, 'form', (k.data -> 'form') || jsonb_build_object('id', s.id, 'slug', 'rencontre-' || s.i)), gen_random_uuid() from seed s, (select data from partners.mt_doc_knownevent limit 1) k
        """,
        "analyze",
    ];

    public static async Task<int> RunAsync(string? connectionString)
    {
        var folder = Path.Combine("/tmp", "mila-bench-" + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N"));
        Directory.CreateDirectory(folder);
        try
        {
            await using var server = await BenchmarkServer.FindAsync(connectionString);
            var database = await server.CreateDatabaseAsync();
            await using (var first = await MemoryHost.StartAsync(database, folder)) await FirstAsync(first);
            var clock = Stopwatch.StartNew();
            await SeedAsync(database);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Events} events and {Events * PerEvent} registrations in {clock.Elapsed.TotalSeconds:0} s"));
            await using var host = await MemoryHost.StartAsync(database, folder);
            await MeasureAsync(host);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task FirstAsync(MemoryHost host)
    {
        (await host.Staff.PostAsJsonAsync("/v1/programmes", new { code = "club", label = "Club" })).EnsureSuccessStatusCode();
        var planned = await host.Staff.PostAsJsonAsync("/v1/events", new
        {
            programme = "club",
            title = new { fr = "Club" },
            startsAt = "2099-03-16T18:00:00Z",
            endsAt = "2099-03-16T20:00:00Z",
            audience = "public",
            capacity = 40,
            venue = new { mode = "onSite", name = "MILA", address = "Rue André Messager, 75018 Paris" },
            tags = new[] { "vidéo" },
            speakers = new[] { new { name = "Ada Lovelace", role = "invitée", mayBeFilmed = true } },
        });
        var path = $"/v1/events/{JsonDocument.Parse(await planned.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()}";
        (await host.Staff.PostAsync(path + "/publication", null)).EnsureSuccessStatusCode();
        (await host.Staff.PostAsJsonAsync(path + "/registrations", new { name = "Nina Simon", email = "nina@label.example" })).EnsureSuccessStatusCode();
        // Partners has heard of it before it is copied.
        await MemoryHost.UntilAsync(async () => (await host.Staff.GetStringAsync("/v1/changes")).Contains("registration.confirmed", StringComparison.Ordinal));
    }

    private static async Task SeedAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { CommandTimeout = 1200 });
        foreach (var statement in Seeds)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task MeasureAsync(MemoryHost host)
    {
        Console.WriteLine();
        Console.WriteLine("| after | resident | most so far | wanted |");
        Console.WriteLine("|---|---|---|---|");
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        host.Row("the start, the agenda read", "≤ 300 MB");
        var upcoming = await UpcomingAsync(host.Staff);
        await AskAsync(host.Staff, [.. upcoming.Take(50).SelectMany(id => new[] { $"/v1/events/{id}", $"/v1/events/{id}/registrations", $"/v1/events/{id}/roster.csv", $"/v1/events/{id}/attendance" }), "/v1/events?limit=250", "/v1/events?limit=250&sort=-startsAt", "/v1/changes?limit=250"]);
        host.Row("lists, rosters and attendance of 50 events", "≤ 300 MB");
        var load = await WrkRegistrations.RunAsync(host.Address, [.. upcoming.Select(id => $"/v1/events/{id}/registrations")], TimeSpan.FromSeconds(20), host.Key, withKeys: true);
        host.Row(string.Create(CultureInfo.InvariantCulture, $"20 s of registrations by 32 clients ({load.PerSecond:0}/s, {load.Errors} failed), letters written meanwhile"), "≤ 300 MB");
        await AskAsync(host.Staff, ["/agenda", "/agenda?lang=en", "/agenda/rencontre-1", "/embed/agenda", .. new[] { "json", "ics", "atom", "rss", "csv" }.Select(f => $"/feeds/events.{f}?month={TimeProvider.System.GetUtcNow().AddMonths(1):yyyy-MM}")]);
        host.Row("pages, the embed, and five feeds of a month", "≤ 300 MB");
        await AskAsync(host.Staff, ["/feeds/events.ics"]);
        host.Row($"the calendar of all {Events} events in one file", "");
    }

    private static async Task<IReadOnlyList<string>> UpcomingAsync(HttpClient staff) =>
        [.. JsonDocument.Parse(await staff.GetStringAsync("/v1/events?limit=250&status=published")).RootElement.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    private static async Task AskAsync(HttpClient client, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            await answer.Content.CopyToAsync(Stream.Null);
        }
    }
}

/// <summary>The host as it is delivered, in a process of its own.</summary>
internal sealed class MemoryHost : IAsyncDisposable
{
    private readonly Process _process;

    private MemoryHost(Process process, Uri address, string key)
    {
        (_process, Address, Key) = (process, address, key);
        Staff = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        Staff.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Uri Address { get; }

    public string Key { get; }

    public HttpClient Staff { get; }

    public static async Task<MemoryHost> StartAsync(string connectionString, string folder)
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mila.Host.dll"), "--port", $"{port}", "--data", Path.Combine(folder, "data"), "--no-import"]) { RedirectStandardOutput = true, UseShellExecute = false };
        (start.Environment["ConnectionStrings__Mila"], start.Environment["RateLimits__KeyPerMinute"], start.Environment["Webhooks__Deliver"]) = (connectionString, "0", "false");
        // As deploy/run.sh and the image start it.
        (start.Environment["DOTNET_GCgen0size"], start.Environment["DOTNET_GCConserveMemory"], start.Environment["MALLOC_ARENA_MAX"]) = ("0x600000", "8", "1");
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var address = new Uri($"http://127.0.0.1:{port}");
        using var client = new HttpClient { BaseAddress = address };
        await UntilAsync(async () =>
        {
            try
            {
                return (await client.GetAsync("/health/ready")).IsSuccessStatusCode;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                return false;
            }
        });
        return new MemoryHost(process, address, (await File.ReadAllTextAsync(Path.Combine(folder, "data", FirstAdministrator.FileName))).Trim());
    }

    /// <summary>Asks another process ten times a second, for two minutes at most.</summary>
    /// <exception cref="TimeoutException">It has not come to that.</exception>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        while (!await isSo())
        {
            if (end.IsCancellationRequested) throw new TimeoutException();
            await tick.WaitForNextTickAsync();
        }
    }

    /// <summary>What the kernel says that it holds (proc(5), VmRSS and VmHWM).</summary>
    public void Row(string after, string wanted)
    {
        var status = File.ReadAllLines($"/proc/{_process.Id}/status");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {after} | {Of("VmRSS")} MB | {Of("VmHWM")} MB | {wanted} |"));

        int Of(string name) => int.Parse(status.First(l => l.StartsWith(name + ":", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        Staff.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
