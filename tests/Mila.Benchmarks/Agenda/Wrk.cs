using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Mila.Benchmarks.Agenda;

/// <summary>wrk (Debian: wrk) as the load: one thread, 32 connections, so that the server keeps most of the machine.</summary>
internal static partial class Wrk
{
    /// <summary>Requests a second.</summary>
    /// <exception cref="InvalidOperationException">An answer was neither 2xx nor 3xx, or a connection broke.</exception>
    public static async Task<double> RunAsync(Uri url, int seconds, string[] headers)
    {
        var start = new ProcessStartInfo("wrk", ["-t1", "-c32", $"-d{seconds}s", .. headers.SelectMany(h => (string[])["-H", h]), url.AbsoluteUri]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var report = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 || report.Contains("Non-2xx or 3xx", StringComparison.Ordinal) || report.Contains("Socket errors", StringComparison.Ordinal)) throw new InvalidOperationException(report);

        return double.Parse(Rate().Match(report).Groups["rate"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();
}
