using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mila.BuildingBlocks.Hosting;
using Mila.BuildingBlocks.Security;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Host;
using Npgsql;

namespace Mila.Benchmarks.Registrations;

/// <summary>
/// Registrations over HTTP by 32 clients, outbox rows included. For one hot event against pgbench's transaction that locks one row, counts in it and inserts one; spread over many
/// events against a bare API on the same server. Measured and yardstick take turns within one run.
/// </summary>
internal static class RegistrationBenchmark
{
    private const int Events = 1000;
    private const int Rounds = 5;

    // Not counted: the runtime still compiles what it finds to be hot, which took a quarter of the host's time in the first half minute of a load.
    private const int FirstRounds = 4;

    /// <param name="seconds">Of each load; 5 when 0.</param>
    /// <param name="only">What the names of the figures to measure contain; all when empty.</param>
    public static async Task<int> RunAsync(int seconds, string only)
    {
        var folder = Path.Combine("/tmp", "mila-bench-" + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N"));
        Directory.CreateDirectory(folder);
        try
        {
            await using var server = await BenchmarkServer.FindAsync(null);
            await MeasureAsync(await server.CreateDatabaseAsync(), folder, TimeSpan.FromSeconds(seconds > 0 ? seconds : 5), only);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static async Task MeasureAsync(string connectionString, string folder, TimeSpan span, string only)
    {
        await using var app = MilaApp.Build(new HostSettings(0, folder, Import: false, Demo: false), connectionString, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection([new("RateLimits:KeyPerMinute", "0"), new("Outbox:Dispatchers", "0"), new("Webhooks:Deliver", "false")]);
        });
        await app.PrepareAsync(folder, default);
        await app.StartAsync();
        var key = (await File.ReadAllTextAsync(Path.Combine(folder, FirstAdministrator.FileName))).Trim();
        using var staff = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{new Uri(app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal)).Port}") };
        staff.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        (await staff.PostAsJsonAsync("/v1/programmes", new { code = "club", label = "Club" })).EnsureSuccessStatusCode();
        var spread = (await SeedAsync(app.Services.GetRequiredService<IDocumentStore>())).Select(id => $"/v1/events/{id}/registrations").ToList();
        await using var bare = await BareRegistrations.StartAsync(connectionString, Events);
        var mila = staff.BaseAddress!;

        Console.WriteLine($"{Environment.ProcessorCount} cores, load {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}");
        Console.WriteLine();
        Console.WriteLine("| figure | measured | yardstick | ratio (range) | 99 % within | failed | wanted |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Func<Task<double>> pgbench = await PgbenchAsync(connectionString, span);
        foreach (var (name, capacity, withKeys) in new[] { ("one hot event", (int?)null, false), ("the same with Idempotency-Keys", null, true), ("one full event, where all wait, with keys", 1, true) })
        {
            await CompareAsync(only, $"{name}, against pgbench's transaction on one locked row", async () => await WrkRegistrations.RunAsync(mila, [await PublishAsync(staff, capacity)], span, key, withKeys), pgbench, "≥ 5, 50 ms");
        }

        List<string> naive = [.. bare.Events.Select(id => $"/events/{id}/registrations")], atOnce = [.. bare.Events.Select(id => $"/events/{id}/registrations-at-once")];
        var spreadFigure = $"spread over {Events} events, with Idempotency-Keys, against a bare API";
        await CompareAsync(only, spreadFigure, () => WrkRegistrations.RunAsync(mila, spread, span, key, withKeys: true), async () => (await WrkRegistrations.RunAsync(bare.Address, naive, span, "", withKeys: false)).PerSecond, "≥ 0.5");
        await CompareAsync(only, spreadFigure + " of one statement", () => WrkRegistrations.RunAsync(mila, spread, span, key, withKeys: true), async () => (await WrkRegistrations.RunAsync(bare.Address, atOnce, span, "", withKeys: false)).PerSecond, "");
        await CompareAsync(only, "spread, without keys, against the bare API", () => WrkRegistrations.RunAsync(mila, spread, span, key, withKeys: false), async () => (await WrkRegistrations.RunAsync(bare.Address, naive, span, "", withKeys: false)).PerSecond, "");
        Console.WriteLine();
        Console.WriteLine($"load at the end {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}");
        await app.StopAsync();
    }

    private static async Task<IReadOnlyList<Guid>> SeedAsync(IDocumentStore store)
    {
        var at = TimeProvider.System.GetUtcNow();
        var events = Enumerable.Range(0, Events).Select(i =>
        {
            if (!Event.Plan(Guid.CreateVersion7(at.AddTicks(i)), $"rencontre-{i}", new EventPlan(
                "club", new EventTexts(new LocalizedText($"Rencontre {i}"), null), EventStatus.Planned, null, at.AddDays(100).AddHours(i), at.AddDays(100).AddHours(i + 2),
                new Venue(VenueMode.OnSite, "MILA", "Rue André Messager, 75018 Paris"), Audience.Public, 100_000, null, [], [], []), at).Succeeded(out var planned, out _)) throw new InvalidOperationException();
            planned.Publish(at);
            return planned;
        }).ToList();
        await store.BulkInsertAsync(events, batchSize: 1000);
        return [.. events.Select(e => e.Id)];
    }

    private static async Task<string> PublishAsync(HttpClient staff, int? capacity)
    {
        var planned = await staff.PostAsJsonAsync("/v1/events", new { programme = "club", title = new { fr = "Club" }, startsAt = "2099-03-16T18:00:00Z", endsAt = "2099-03-16T20:00:00Z", audience = "public", capacity });
        var path = $"/v1/events/{JsonDocument.Parse(await planned.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()}";
        (await staff.PostAsync(path + "/publication", null)).EnsureSuccessStatusCode();
        return path + "/registrations";
    }

    private static async Task CompareAsync(string only, string figure, Func<Task<Load>> ours, Func<Task<double>> theirs, string wanted)
    {
        if (!figure.Contains(only, StringComparison.Ordinal)) return;

        var (measured, yardstick, ratios) = (new List<Load>(), new List<double>(), new List<double>());
        for (var round = -FirstRounds; round < Rounds; round++)
        {
            // In turns, and the other first every second time: what else the machine does falls on both.
            var first = round % 2 == 0 ? await ours() : null;
            var other = await theirs();
            first ??= await ours();
            if (round < 0) continue;

            measured.Add(first);
            yardstick.Add(other);
            ratios.Add(first.PerSecond / other);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {figure} | {Median(measured.Select(m => m.PerSecond)):0}/s | {Median(yardstick):0}/s | {Median(ratios):0.00} ({ratios.Min():0.00}–{ratios.Max():0.00}) | {Median(measured.Select(m => m.P99)):0} ms ({measured.Min(m => m.P99):0}–{measured.Max(m => m.P99):0}) | {measured.Sum(m => m.Errors)} | {wanted} |"));
    }

    private static async Task<Func<Task<double>>> PgbenchAsync(string connectionString, TimeSpan span)
    {
        await using (var database = NpgsqlDataSource.Create(connectionString))
        await using (var command = database.CreateCommand("create table hot (id int primary key, n int not null); insert into hot values (1, 0); create table cold (id bigserial primary key, t text)")) await command.ExecuteNonQueryAsync();

        var to = new NpgsqlConnectionStringBuilder(connectionString);
        return async () =>
        {
            var script = Path.GetTempFileName();
            await File.WriteAllTextAsync(script, "begin;\nselect n from hot where id = 1 for update;\nupdate hot set n = n + 1 where id = 1;\ninsert into cold (t) values (repeat('x', 300));\nend;\n");
            var start = new ProcessStartInfo("pgbench", ["-n", "-c", $"{WrkRegistrations.Clients}", "-j", "2", "-T", $"{(int)span.TotalSeconds}", "-f", script, "-h", to.Host!, "-p", $"{to.Port}", "-U", to.Username!, to.Database!]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            start.Environment["PGPASSWORD"] = to.Password;
            using var process = Process.Start(start)!;
            var text = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            File.Delete(script);
            return double.Parse(text[(text.IndexOf("tps = ", StringComparison.Ordinal) + 6)..].Split(' ')[0], CultureInfo.InvariantCulture);
        };
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
