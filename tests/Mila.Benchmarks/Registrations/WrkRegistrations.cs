using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Mila.Benchmarks.Registrations;

/// <summary>wrk (Debian: wrk) as 32 people who register without a pause, each time another one. A load in C keeps most of the machine for the server.</summary>
internal static partial class WrkRegistrations
{
    public const int Clients = 32;

    private const string Script = """
        local paths = {}
        for path in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = path end
        local key, round, keyed, n = os.getenv("BENCH_KEY"), os.getenv("BENCH_ROUND"), os.getenv("BENCH_KEYED") == "1", 0
        function request()
          n = n + 1
          local headers = { ["Content-Type"] = "application/json" }
          if key ~= "" then headers["Authorization"] = "Bearer " .. key end
          if keyed then headers["Idempotency-Key"] = round .. "-" .. n end
          return wrk.format("POST", paths[(n * 7919) % #paths + 1], headers, '{"name":"Nina Simon","email":"' .. round .. '.' .. n .. '@label.example"}')
        end
        function done(summary, latency)
          io.write(string.format("RESULT %d %d %d %.0f\n", summary.requests, summary.duration, summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, latency:percentile(99)))
        end
        """;

    private static int _round;

    /// <summary>Registers at these addresses in turns.</summary>
    public static async Task<Load> RunAsync(Uri server, IReadOnlyCollection<string> paths, TimeSpan span, string key, bool withKeys)
    {
        var (script, list) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(script, Script);
        await File.WriteAllLinesAsync(list, paths);
        var start = new ProcessStartInfo("wrk", ["-t1", $"-c{Clients}", $"-d{(int)span.TotalSeconds}s", "-s", script, server.AbsoluteUri]) { RedirectStandardOutput = true, UseShellExecute = false };
        (start.Environment["BENCH_PATHS"], start.Environment["BENCH_KEY"], start.Environment["BENCH_KEYED"]) = (list, key, withKeys ? "1" : "0");
        start.Environment["BENCH_ROUND"] = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}"[..12] + Interlocked.Increment(ref _round).ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var report = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(script);
        File.Delete(list);
        if (Result().Match(report) is not { Success: true } result) throw new InvalidOperationException(report);

        return new Load(Of("requests") / (Of("micro") / 1_000_000), Of("p") / 1000, (int)Of("errors"));

        double Of(string group) => double.Parse(result.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"RESULT (?<requests>\d+) (?<micro>\d+) (?<errors>\d+) (?<p>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Result();
}

/// <summary>What a load saw.</summary>
/// <param name="PerSecond">Answers.</param>
/// <param name="P99">Milliseconds within which 99 % were answered.</param>
/// <param name="Errors">Answers of 400 and more, and broken connections.</param>
internal sealed record Load(double PerSecond, double P99, int Errors);
