using System.Globalization;
using Mila.Testing.Outbox;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Outbox;

/// <summary>Hosts that die by SIGKILL, or hang, while they write and serve.</summary>
public sealed class KilledHostsTests(TestPostgres postgres, ITestOutputHelper output)
{
    /// <summary>How many hosts are killed one after the other: 5, or as many as this environment variable says. The figure of 20 is that of <c>Mila.Benchmarks outbox-kill</c>.</summary>
    private const string RoundsVariable = "MILA_TEST_KILLS";

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable(RoundsVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 5;

    [Fact]
    public async Task Hosts_killed_under_eight_writers_lose_nothing_act_on_nothing_twice_and_keep_the_order()
    {
        var report = await KillingTrial.RunAsync(await postgres.CreateDatabaseAsync(), Rounds);

        output.WriteLine($"{Rounds} hosts killed: {report}");
        report.Acknowledged.ShouldBeGreaterThanOrEqualTo(Rounds * KillingTrial.AcknowledgedOfEach);
        report.ShouldBe(new KillingReport(report.Acknowledged, report.Done, Forgotten: 0, Lost: 0, Twice: 0, Ghosts: 0, OutOfOrder: 0));
    }

    [Fact]
    public async Task Control_a_notification_written_outside_the_transaction_tells_of_deeds_that_were_never_done()
    {
        var report = await KillingTrial.RunOutsideAsync(await postgres.CreateDatabaseAsync());
        report.Ghosts.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    public async Task Of_two_hosts_on_one_database_either_may_be_killed_and_the_other_serves_its_rows(string killed)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var database = new TrialDatabase(connectionString);
        var (first, second) = await TwoWritingHostsAsync(connectionString, database);
        await using var _ = first;
        await using var __ = second;

        await (killed == "first" ? first : second).KillAfterAsync(KillingTrial.AcknowledgedOfEach);
        await WhatIsQueuedNowGoesAsync(database);
        await (killed == "first" ? second : first).KillAfterAsync(KillingTrial.AcknowledgedOfEach);

        await NothingIsLostOrDoneTwiceAsync(connectionString, first, second);
    }

    [Fact]
    public async Task A_host_that_hangs_for_a_while_gives_its_rows_to_the_other_and_acts_on_nothing_twice_when_it_goes_on()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var database = new TrialDatabase(connectionString);
        var (first, second) = await TwoWritingHostsAsync(connectionString, database);
        await using var _ = first;
        await using var __ = second;

        await first.StopAsync();
        await WhatIsQueuedNowGoesAsync(database);
        await first.ContinueAsync();
        await first.KillAfterAsync(first.Acknowledged.Count + KillingTrial.AcknowledgedOfEach);
        await second.KillAfterAsync(KillingTrial.AcknowledgedOfEach);

        await NothingIsLostOrDoneTwiceAsync(connectionString, first, second);
    }

    [Fact]
    public async Task The_lane_that_a_killed_host_was_serving_is_served_by_the_other_at_once()
    {
        await using var trial = await TakeoverTrial.StartAsync(await postgres.CreateDatabaseAsync(), idleLimit: TimeSpan.Zero);
        await trial.WarmAsync();
        (await trial.Database.QueuedAsync()).ShouldBe(1);

        var taken = await trial.TakenOverAfterAsync(falling => falling.KillAsync());

        output.WriteLine($"handled {taken.TotalMilliseconds:0} ms after the kill");
        (await trial.Database.TwiceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_lane_that_a_hanging_host_was_serving_is_served_by_the_other_when_the_database_has_waited_long_enough()
    {
        await using var trial = await TakeoverTrial.StartAsync(await postgres.CreateDatabaseAsync());

        await trial.WarmAsync();

        var taken = await trial.TakenOverAfterAsync(falling => falling.StopAsync());

        output.WriteLine($"handled {taken.TotalMilliseconds:0} ms after it was stopped");
        (await trial.Database.TwiceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Control_without_the_limit_the_lane_of_a_hanging_host_is_served_when_that_host_dies()
    {
        await using var trial = await TakeoverTrial.StartAsync(await postgres.CreateDatabaseAsync(), idleLimit: TimeSpan.Zero);
        await trial.Falling.StopAsync();

        // Longer than the limit would have been, by the other host's own clock: a notification of another lane that is due then.
        await trial.WarmAsync(TimeSpan.FromSeconds(4));
        (await trial.Database.QueuedAsync()).ShouldBe(1);

        await trial.TakenOverAfterAsync(falling => falling.KillAsync());
    }

    private static async Task<(WritingProcess First, WritingProcess Second)> TwoWritingHostsAsync(string connectionString, TrialDatabase database)
    {
        await TrialHost.PrepareAsync(connectionString);
        var first = WritingProcess.Start(new WritingOrders(connectionString, "first", KillingTrial.Writers));
        var second = WritingProcess.Start(new WritingOrders(connectionString, "second", KillingTrial.Writers));
        await first.WriteAsync();
        await second.WriteAsync();
        await TrialDatabase.UntilAsync(async () => await database.ScalarAsync<long>("select count(distinct host) from trial.effect") == 2);
        return (first, second);
    }

    /// <summary>The other host goes on writing: what stands in the queue now is what must go.</summary>
    private static async Task WhatIsQueuedNowGoesAsync(TrialDatabase database)
    {
        var newest = await database.ScalarAsync<long>("select coalesce(max(seq), 0) from mila.outbox");
        await TrialDatabase.UntilAsync(async () => await database.ScalarAsync<long>($"select count(*) from mila.outbox where seq <= {newest}") == 0);
    }

    private static async Task NothingIsLostOrDoneTwiceAsync(string connectionString, WritingProcess first, WritingProcess second)
    {
        await KillingTrial.ServeTheRestAsync(connectionString);
        var report = await KillingReport.OfAsync(connectionString, [.. first.Acknowledged, .. second.Acknowledged]);
        report.ShouldBe(new KillingReport(report.Acknowledged, report.Done, Forgotten: 0, Lost: 0, Twice: 0, Ghosts: 0, OutOfOrder: 0));
    }
}
