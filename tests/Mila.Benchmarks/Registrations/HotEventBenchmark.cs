using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Mila.BuildingBlocks.Hosting;
using Mila.BuildingBlocks.Security;
using Mila.Host;
using Mila.Host.Database;
using Npgsql;

namespace Mila.Benchmarks.Registrations;

/// <summary>
/// Registrations for one hot event over HTTP by 32 clients, outbox rows included, with and without Idempotency-Keys; beside it pgbench's transaction that locks one row, counts
/// in it and inserts one, by as many clients on the same server in the same minute.
/// </summary>
internal static class HotEventBenchmark
{
    private const int Clients = 32;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(int seconds)
    {
        var span = seconds > 0 ? TimeSpan.FromSeconds(seconds) : Span;
        var folder = Path.Combine("/tmp", "mila-bench-" + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N"));
        await using (var postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions(Path.Combine(folder, "pg")), NullLogger.Instance, default)) await MeasureAsync(postgres.ConnectionString, folder, span);
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task MeasureAsync(string connectionString, string folder, TimeSpan span)
    {
        await using var app = MilaApp.Build(new HostSettings(0, folder, Import: false, Demo: false), connectionString, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection([new("RateLimits:KeyPerMinute", "0"), new("Outbox:Dispatchers", "0"), new("Webhooks:Deliver", "false")]);
        });
        await app.PrepareAsync(folder, default);
        await app.StartAsync();
        using var staff = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients }) { BaseAddress = new Uri($"http://127.0.0.1:{new Uri(app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal)).Port}") };
        staff.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(folder, FirstAdministrator.FileName))).Trim());

        await staff.PostAsJsonAsync("/v1/programmes", new { code = "club", label = "Club" });
        Console.WriteLine("| figure | per second | 99 % within | ratio |");
        Console.WriteLine("|---|---|---|---|");
        await RegisterAsync(staff, TimeSpan.FromSeconds(3), capacity: null, withKeys: false);
        var yardstick = await PgbenchAsync(connectionString, span);
        Row("pgbench, one row locked, 32 clients", yardstick, null, null);
        foreach (var (name, capacity, withKeys) in new[] { ("one hot event", (int?)null, false), ("the same with Idempotency-Keys", null, true), ("one full event: all wait", 1, false) })
        {
            var (rate, p99, failures) = await RegisterAsync(staff, span, capacity, withKeys);
            Row(name + (failures > 0 ? $" ({failures} failed)" : ""), rate, p99, rate / yardstick);
        }

        await app.StopAsync();
    }

    private static async Task<(double Rate, double P99, int Failures)> RegisterAsync(HttpClient staff, TimeSpan span, int? capacity, bool withKeys)
    {
        var planned = await ReadAsync(await staff.PostAsJsonAsync("/v1/events", new { programme = "club", title = new { fr = "Club" }, startsAt = "2099-03-16T18:00:00Z", endsAt = "2099-03-16T20:00:00Z", audience = "public", capacity }));
        var path = $"/v1/events/{planned.GetProperty("id").GetString()}";
        (await staff.PostAsync(path + "/publication", null)).EnsureSuccessStatusCode();
        var (started, failures) = (Stopwatch.StartNew(), 0);
        var times = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            var mine = new List<double>();
            for (var i = 0; started.Elapsed < span; i++)
            {
                var before = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Post, path + "/registrations") { Content = JsonContent.Create(new { name = "Nina Simon", email = $"p{client}.{i}@label.example" }) };
                if (withKeys) request.Headers.TryAddWithoutValidation("Idempotency-Key", $"{path} {client} {i}");
                using var answer = await staff.SendAsync(request);
                if ((int)answer.StatusCode != 201) Interlocked.Increment(ref failures);
                mine.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            }

            return mine;
        }));
        var all = times.SelectMany(t => t).Order().ToArray();
        return (all.Length / started.Elapsed.TotalSeconds, all[(int)(all.Length * 0.99)], failures);
    }

    private static async Task<double> PgbenchAsync(string connectionString, TimeSpan span)
    {
        await using (var database = NpgsqlDataSource.Create(connectionString))
        await using (var command = database.CreateCommand("create table hot (id int primary key, n int not null); insert into hot values (1, 0); create table cold (id bigserial primary key, t text)")) await command.ExecuteNonQueryAsync();

        var to = new NpgsqlConnectionStringBuilder(connectionString);
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, "begin;\nselect n from hot where id = 1 for update;\nupdate hot set n = n + 1 where id = 1;\ninsert into cold (t) values (repeat('x', 300));\nend;\n");
        var start = new ProcessStartInfo("pgbench", ["-n", "-c", Clients.ToString(CultureInfo.InvariantCulture), "-j", "2", "-T", ((int)span.TotalSeconds).ToString(CultureInfo.InvariantCulture), "-f", script, "-h", to.Host!, "-p", to.Port.ToString(CultureInfo.InvariantCulture), "-U", to.Username!, to.Database!]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["PGPASSWORD"] = to.Password;
        using var pgbench = Process.Start(start)!;
        var text = await pgbench.StandardOutput.ReadToEndAsync();
        await pgbench.WaitForExitAsync();
        File.Delete(script);
        return double.Parse(text[(text.IndexOf("tps = ", StringComparison.Ordinal) + 6)..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement;

    private static void Row(string name, double rate, double? p99, double? ratio) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {rate:F0} | {(p99 is { } ms ? ms.ToString("F0", CultureInfo.InvariantCulture) + " ms" : "")} | {(ratio is { } r ? r.ToString("F1", CultureInfo.InvariantCulture) : "")} |"));
}
