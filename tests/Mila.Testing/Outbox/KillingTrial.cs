namespace Mila.Testing.Outbox;

/// <summary>What is left when hosts were killed while they wrote and served.</summary>
/// <param name="Acknowledged">Deeds whose commit had returned.</param>
/// <param name="Done">Deeds that are stored.</param>
/// <param name="Forgotten">Acknowledged deeds that are not stored.</param>
/// <param name="Lost">Stored deeds that no handler heard of.</param>
/// <param name="Twice">Deeds that a handler acted on more than once.</param>
/// <param name="Ghosts">Deeds that were rolled back and that a handler acted on.</param>
/// <param name="OutOfOrder">Effects that came after a later one of their aggregate.</param>
internal sealed record KillingReport(long Acknowledged, long Done, long Forgotten, long Lost, long Twice, long Ghosts, long OutOfOrder)
{
    public static async Task<KillingReport> OfAsync(string connectionString, IReadOnlyCollection<Guid> acknowledged)
    {
        await using var database = new TrialDatabase(connectionString);
        return new KillingReport(
            acknowledged.Count, await database.DoneAsync(), await database.ForgottenAsync(acknowledged), await database.LostAsync(), await database.TwiceAsync(),
            await database.GhostsAsync(), await database.OutOfOrderAsync());
    }
}

/// <summary>Hosts that write and serve, one after the other, each killed by SIGKILL in the middle of its work while the next stands ready.</summary>
internal static class KillingTrial
{
    public const int Writers = 8;
    public const int AcknowledgedOfEach = 260;

    public static async Task<KillingReport> RunAsync(string connectionString, int rounds, Action<int>? ended = null)
    {
        await TrialHost.PrepareAsync(connectionString);
        var acknowledged = new List<Guid>();
        var next = WritingProcess.Start(new WritingOrders(connectionString, "round 1", Writers));
        for (var round = 1; round <= rounds; round++)
        {
            await using var writing = await next.WriteAsync();
            next = WritingProcess.Start(new WritingOrders(connectionString, $"round {round + 1}", Writers));
            await writing.KillAfterAsync(AcknowledgedOfEach + round);
            acknowledged.AddRange(writing.Acknowledged);
            ended?.Invoke(round);
        }

        await next.DisposeAsync();
        await ServeTheRestAsync(connectionString);
        return await KillingReport.OfAsync(connectionString, acknowledged);
    }

    /// <summary>The same in one round, with notifications written outside the transaction of their deeds.</summary>
    public static async Task<KillingReport> RunOutsideAsync(string connectionString)
    {
        await TrialHost.PrepareAsync(connectionString);
        await using var writing = await WritingProcess.Start(new WritingOrders(connectionString, "wrong", Writers, Outside: true)).WriteAsync();
        await writing.KillAfterAsync(AcknowledgedOfEach);
        await ServeTheRestAsync(connectionString);
        return await KillingReport.OfAsync(connectionString, writing.Acknowledged);
    }

    /// <summary>Serves what the dead have left.</summary>
    public static async Task ServeTheRestAsync(string connectionString)
    {
        await using var last = await TrialHost.StartAsync(connectionString, "last", configure: options => options.Dispatchers = 0);
        await using var database = new TrialDatabase(connectionString);
        // A killed host's session may live a moment longer than it.
        await TrialDatabase.UntilAsync(async () =>
        {
            await last.DrainAsync();
            return await database.QueuedAsync() == 0;
        });
    }
}
