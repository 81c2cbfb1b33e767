using Marten;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Outbox;
using Mila.Testing.Outbox;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Outbox;

/// <summary>The notifications of one aggregate reach a handler in the order of their commits.</summary>
public sealed class OrderTests(TestPostgres postgres)
{
    private const string SomebodyWaits = "select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))";
    private static readonly DateTimeOffset At = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Eight_dispatchers_of_each_host_keep_the_order_of_every_aggregate_under_sixteen_writers(int hosts)
    {
        const int actors = 30, writers = 16, deedsOfEachWriter = 60;
        var connectionString = await PreparedAsync();
        await using var host = await TrialHost.StartAsync(connectionString, configure: options => options.Dispatchers = 8);
        await using var other = hosts == 2 ? await TrialHost.StartAsync(connectionString, "two", configure: options => options.Dispatchers = 8) : null;
        var ids = Enumerable.Range(0, actors).Select(_ => Guid.CreateVersion7()).ToArray();
        await host.WriteAsync(session =>
        {
            session.Store(ids.Select(id => new Tally { Id = id }));
            return Task.CompletedTask;
        });

        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            for (var i = 0; i < deedsOfEachWriter; i++) await (writer % 2 == 0 ? host : other ?? host).WriteAsync(session => CountUpAsync(session, ids[((writer * 7) + i) % actors]));
        }));

        await using var database = new TrialDatabase(connectionString);
        await TrialDatabase.UntilAsync(async () => await database.QueuedAsync() == 0);
        var numbers = await database.NumbersAsync(nameof(WhenDeedDone));
        numbers.Count.ShouldBe(actors);
        numbers.ShouldAllBe(actor => actor.SequenceEqual(Enumerable.Range(1, writers * deedsOfEachWriter / actors)));
    }

    [Fact]
    public async Task A_second_host_leaves_a_lane_that_is_being_served()
    {
        (await TwoHostsOnOneLaneAsync(locksLanes: true)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Control_without_the_lane_s_lock_a_second_host_overtakes() =>
        (await TwoHostsOnOneLaneAsync(locksLanes: false)).ShouldBe([2, 1]);

    [Fact]
    public async Task A_notification_takes_its_place_when_its_transaction_cannot_be_overtaken_any_more()
    {
        var (committed, handled) = await TwoWritersOfOneActorAsync(locksBuckets: true);
        handled.ShouldBe(committed);
    }

    [Fact]
    public async Task Control_without_the_bucket_s_lock_the_order_is_not_that_of_the_commits()
    {
        var (committed, handled) = await TwoWritersOfOneActorAsync(locksBuckets: false);
        handled.ShouldNotBe(committed);
    }

    /// <summary>A delivery of many rows takes the locks of what its handlers publish last: held while it goes on, they would keep writers waiting, or each would wait for the other.</summary>
    [Fact]
    public async Task A_handler_s_notification_keeps_nobody_waiting_while_the_delivery_goes_on()
    {
        var connectionString = await PreparedAsync();
        await using var host = await TrialHost.StartAsync(connectionString, configure: options => (options.Dispatchers, options.IdleLimit) = (0, TimeSpan.Zero));
        await using var database = new TrialDatabase(connectionString);
        var (actor, sample) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        for (var number = 1; number <= 2; number++) await host.WriteAsync(session => PublishAsync(session, actor, number));

        var (second, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Interference.Before = async (_, _, number, _) =>
        {
            if (number != 2) return;
            second.TrySetResult();
            await leave.Task;
        };
        host.Interference.Within = (session, _) => SampleAsync(session, sample);
        var serving = ServeAsync(host, Lane.Of(TrialModule.Done, actor));
        await second.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var other = host.WriteAsync(session => SampleAsync(session, sample));
        await TrialDatabase.UntilAsync(async () => other.IsCompleted || await database.ScalarAsync<bool>(SomebodyWaits));
        other.IsCompletedSuccessfully.ShouldBeTrue("it wrote while the delivery stood in its second handler");
        leave.SetResult();
        await serving;
        (await database.QueuedAsync()).ShouldBe(3, "both handlers and the other have published");
    }

    private static Task SampleAsync(IDocumentSession session, Guid sample)
    {
        session.Publish(new SampleTaken(sample, At, ""));
        return Task.CompletedTask;
    }

    private static async Task CountUpAsync(IDocumentSession session, Guid actor)
    {
        var tally = (await session.LoadLockedAsync<Tally>(actor, default))!;
        tally.Deeds++;
        session.Store(tally);
        session.Publish(new DeedDone(actor, Guid.CreateVersion7(), tally.Deeds, At));
    }

    /// <summary>The first host stands still in the handler of number 1 while the second is asked to serve the same lane.</summary>
    private async Task<int[]> TwoHostsOnOneLaneAsync(bool locksLanes)
    {
        void Configure(OutboxOptions options) => (options.Dispatchers, options.BatchSize, options.LocksLanes, options.IdleLimit) = (0, 1, locksLanes, TimeSpan.Zero);
        var connectionString = await PreparedAsync();
        await using var first = await TrialHost.StartAsync(connectionString, "first", configure: Configure);
        await using var second = await TrialHost.StartAsync(connectionString, "second", configure: Configure);
        var actor = Guid.CreateVersion7();
        for (var number = 1; number <= 2; number++) await first.WriteAsync(session => PublishAsync(session, actor, number));

        var lane = Lane.Of(TrialModule.Done, actor);
        var inside = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        first.Interference.Before = async (_, _, number, _) =>
        {
            if (number != 1) return;
            inside.TrySetResult();
            await leave.Task;
        };
        var serving = ServeAsync(first, lane);
        await inside.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await ServeAsync(second, lane);
        leave.SetResult();
        await serving;
        await second.DrainAsync();

        await using var database = new TrialDatabase(connectionString);
        return [.. (await database.NumbersAsync(nameof(WhenDeedDone)))[actor]];
    }

    private static Task<bool> ServeAsync(TrialHost host, Lane lane) => host.Services.GetRequiredService<OutboxDelivery>().ServeAsync(lane, patient: false, default);

    /// <summary>One writer has written and not committed when another writes and commits, if it can.</summary>
    private async Task<(int[] Committed, int[] Handled)> TwoWritersOfOneActorAsync(bool locksBuckets)
    {
        var connectionString = await PreparedAsync();
        await using var host = await TrialHost.StartAsync(connectionString, configure: options => (options.Dispatchers, options.LocksBuckets) = (0, locksBuckets));
        await using var database = new TrialDatabase(connectionString);
        var actor = Guid.CreateVersion7();

        await using var connection = await host.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await host.WriteWithinAsync(transaction, session => PublishAsync(session, actor, 1));
        var other = host.WriteAsync(session => PublishAsync(session, actor, 2));
        await TrialDatabase.UntilAsync(async () => other.IsCompleted || await database.ScalarAsync<bool>(SomebodyWaits));
        int[] committed = other.IsCompleted ? [2, 1] : [1, 2];
        await transaction.CommitAsync();
        await other;

        await host.DrainAsync();
        return (committed, [.. (await database.NumbersAsync(nameof(WhenDeedDone)))[actor]]);
    }

    private static Task PublishAsync(IDocumentSession session, Guid actor, int number)
    {
        session.Publish(new DeedDone(actor, Guid.CreateVersion7(), number, At));
        return Task.CompletedTask;
    }

    private async Task<string> PreparedAsync()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        return connectionString;
    }
}
