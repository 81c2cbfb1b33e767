using Mila.Testing.Outbox;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Outbox;

/// <summary>Hosts that die by SIGKILL while they write and serve.</summary>
public sealed class KilledHostsTests(TestPostgres postgres, ITestOutputHelper output)
{
    private const int Rounds = 20;
    private const int WritersOfEach = 8;
    private const int AcknowledgedOfEach = 260;

    [Fact]
    public async Task Twenty_hosts_killed_under_eight_writers_lose_nothing_and_act_on_nothing_twice()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        var acknowledged = new List<Guid>();

        var next = WritingProcess.Start(connectionString, "round 1", WritersOfEach);
        for (var round = 1; round <= Rounds; round++)
        {
            await using var writing = await next.WriteAsync();
            next = WritingProcess.Start(connectionString, $"round {round + 1}", WritersOfEach);
            await writing.KillAfterAsync(AcknowledgedOfEach + round);
            acknowledged.AddRange(writing.Acknowledged);
        }

        await next.DisposeAsync();
        await ServeTheRestAsync(connectionString);

        await using var database = new TrialDatabase(connectionString);
        output.WriteLine($"{acknowledged.Count} acknowledged, {await database.ScalarAsync<long>("select count(*) from trial.mt_doc_deed")} done, by {Rounds} hosts that were killed; longest way {(await database.LongestWayAsync()).TotalMilliseconds:0} ms");
        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(5000);
        (await database.ForgottenAsync(acknowledged)).ShouldBe(0);
        (await database.LostAsync()).ShouldBe(0);
        (await database.TwiceAsync()).ShouldBe(0);
        (await database.GhostsAsync()).ShouldBe(0);
        (await database.NumbersAsync("WhenDeedDone")).ShouldAllBe(actor => actor.SequenceEqual(actor.Order()));
    }

    [Fact]
    public async Task Control_a_notification_written_outside_the_transaction_tells_of_deeds_that_were_never_done()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);

        await using (var writing = await WritingProcess.Start(connectionString, "wrong", WritersOfEach, outside: true).WriteAsync()) await writing.KillAfterAsync(AcknowledgedOfEach);
        await ServeTheRestAsync(connectionString);

        await using var database = new TrialDatabase(connectionString);
        (await database.GhostsAsync()).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    public async Task Of_two_hosts_on_one_database_either_may_be_killed_and_the_other_serves_its_rows(string killed)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        await using var first = WritingProcess.Start(connectionString, "first", WritersOfEach);
        await using var second = WritingProcess.Start(connectionString, "second", WritersOfEach);
        await first.WriteAsync();
        await second.WriteAsync();

        await using var database = new TrialDatabase(connectionString);
        await TrialDatabase.UntilAsync(async () => await database.ScalarAsync<long>("select count(distinct host) from trial.effect") == 2);
        await (killed == "first" ? first : second).KillAfterAsync(AcknowledgedOfEach);
        // The other goes on writing: what stood in the queue at the kill is what must go.
        var newest = await database.ScalarAsync<long>("select coalesce(max(seq), 0) from mila.outbox");
        await TrialDatabase.UntilAsync(async () => await database.ScalarAsync<long>($"select count(*) from mila.outbox where seq <= {newest}") == 0);

        await (killed == "first" ? second : first).KillAfterAsync(AcknowledgedOfEach);
        await ServeTheRestAsync(connectionString);
        output.WriteLine($"longest way from deed to effect, killed hosts included: {(await database.LongestWayAsync()).TotalMilliseconds:0} ms");
        (await database.ForgottenAsync([.. first.Acknowledged, .. second.Acknowledged])).ShouldBe(0);
        (await database.LostAsync()).ShouldBe(0);
        (await database.TwiceAsync()).ShouldBe(0);
        (await database.GhostsAsync()).ShouldBe(0);
    }

    private static async Task ServeTheRestAsync(string connectionString)
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
