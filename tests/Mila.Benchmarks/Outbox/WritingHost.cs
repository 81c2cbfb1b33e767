using Marten;
using Mila.BuildingBlocks.Outbox;
using Mila.Testing.Outbox;
using Npgsql;

namespace Mila.Benchmarks.Outbox;

/// <summary>
/// A host of the trial module as a process of its own, for trials that kill it: prints <c>ready</c>, waits for a line, then lets its writers write and
/// prints each deed whose commit has returned.
/// </summary>
internal static class WritingHost
{
    /// <summary>Asks the database for one thing after the other.</summary>
    private static async Task StayAsync(IDocumentSession session, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await Console.Out.WriteLineAsync(WritingProcess.Staying);
        while (true)
        {
            await using var command = new NpgsqlCommand("select pg_sleep(0.02)");
            await using var reader = await session.ExecuteReaderAsync(command, ct);
            await reader.ReadAsync(ct);
        }
    }

    /// <summary>Runs until killed, or until its input ends.</summary>
    public static async Task<int> RunAsync(WritingOrders orders)
    {
        void Configure(OutboxOptions options)
        {
            options.IdleLimit = orders.IdleLimit ?? options.IdleLimit;
            // Who stays takes nothing else.
            if (orders.Stays) (options.Dispatchers, options.Patience, options.HandlerLimit) = (1, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        await using var host = await TrialHost.StartAsync(orders.ConnectionString, orders.Name, configure: Configure);
        if (orders.Stays) host.Interference.Within = StayAsync;

        await Console.Out.WriteLineAsync(WritingProcess.Ready);
        if (await Console.In.ReadLineAsync() is null) return 0;

        using var stop = new CancellationTokenSource();
        var writing = TrialWriters.RunAsync(host, orders.Writers, orders.Outside, deed => Console.Out.WriteLine(deed.ToString("N")), stop.Token);
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Until whoever started this ends it.
        }

        await stop.CancelAsync();
        await writing;
        return 0;
    }
}
