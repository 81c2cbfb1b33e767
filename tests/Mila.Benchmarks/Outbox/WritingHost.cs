using System.Globalization;
using Mila.Testing.Outbox;

namespace Mila.Benchmarks.Outbox;

/// <summary>
/// A host of the trial module as a process of its own, for tests that kill it: prints <c>ready</c>, waits for a line, then lets its writers write and
/// prints each deed whose commit has returned.
/// </summary>
internal static class WritingHost
{
    public const string Mode = "outbox-writer";

    /// <summary>Runs until killed, or until its input ends.</summary>
    /// <param name="arguments">Connection string, name, writers, and whether notifications are written outside the transaction.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var writers = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        var outside = bool.Parse(arguments[3]);
        await using var host = await TrialHost.StartAsync(arguments[0], arguments[1]);
        await Console.Out.WriteLineAsync("ready");
        if (await Console.In.ReadLineAsync() is null) return 0;

        using var stop = new CancellationTokenSource();
        var writing = TrialWriters.RunAsync(host, writers, outside, deed => Console.Out.WriteLine(deed.ToString("N")), stop.Token);
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Until whoever started this ends it.
        }

        await stop.CancelAsync();
        await writing;
        return 0;
    }
}
