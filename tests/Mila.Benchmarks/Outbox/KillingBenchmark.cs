using System.Globalization;
using Mila.Testing.Outbox;

namespace Mila.Benchmarks.Outbox;

/// <summary>What hosts that are killed cost: nothing lost, nothing twice, and how long their rows wait for another host. Ends with 1 when a figure is missed.</summary>
internal static class KillingBenchmark
{
    private const int Rounds = 20;
    private const int Kills = 10;
    private const int Hangs = 3;

    public static async Task<int> RunAsync(string? connectionString)
    {
        await using var server = await BenchmarkServer.FindAsync(connectionString);
        var report = await KillingTrial.RunAsync(await server.CreateDatabaseAsync(), Rounds, round => Console.Error.WriteLine($"killed {round} of {Rounds}"));
        var control = await KillingTrial.RunOutsideAsync(await server.CreateDatabaseAsync());
        var kills = await TakeoversAsync(server, Kills, TimeSpan.Zero, falling => falling.KillAsync());
        var hangs = await TakeoversAsync(server, Hangs, null, falling => falling.StopAsync());

        Console.WriteLine("| figure | measured | wanted |");
        Console.WriteLine("|---|---|---|");
        Row($"writes acknowledged by {Rounds} hosts of {KillingTrial.Writers} writers, each killed by SIGKILL", report.Acknowledged, "≥ 5 000");
        Row("acknowledged writes that are not stored", report.Forgotten, "0");
        Row("notifications lost", report.Lost, "0");
        Row("notifications handled twice", report.Twice, "0");
        Row("notifications of writes that were rolled back", report.Ghosts, "0");
        Row("notifications out of the order of their aggregate", report.OutOfOrder, "0");
        Row("control, insert outside the transaction: notifications of writes that were rolled back", control.Ghosts, "> 0");
        Row($"from SIGKILL in a handler to the same row handled by the other host, median / longest of {Kills}", Of(kills), "≤ 2 000 ms");
        Row($"from SIGSTOP in a handler to the same row handled by the other host, median / longest of {Hangs}", Of(hangs), "");

        var held = report is { Acknowledged: >= 5000, Forgotten: 0, Lost: 0, Twice: 0, Ghosts: 0, OutOfOrder: 0 } && control.Ghosts > 0 && kills[^1] < TimeSpan.FromSeconds(2);
        return held ? 0 : 1;
    }

    /// <summary>Sorted.</summary>
    private static async Task<TimeSpan[]> TakeoversAsync(BenchmarkServer server, int times, TimeSpan? idleLimit, Func<WritingProcess, Task> fall)
    {
        var taken = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            await using var trial = await TakeoverTrial.StartAsync(await server.CreateDatabaseAsync(), idleLimit);
            await trial.WarmAsync();
            taken.Add(await trial.TakenOverAfterAsync(fall));
        }

        return [.. taken.Order()];
    }

    private static string Of(TimeSpan[] sorted) => string.Create(CultureInfo.InvariantCulture, $"{sorted[(sorted.Length - 1) / 2].TotalMilliseconds:0} / {sorted[^1].TotalMilliseconds:0} ms");

    private static void Row(string figure, object measured, string wanted) => Console.WriteLine($"| {figure} | {measured} | {wanted} |");
}
