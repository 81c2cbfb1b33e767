using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mila.BuildingBlocks.Outbox;
using Mila.Testing.Outbox;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Outbox;

/// <summary>A handler that takes its time.</summary>
public sealed class SlowHandlerTests(TestPostgres postgres)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 9, 18, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_slow_lane_does_not_keep_the_only_dispatcher_from_the_others()
    {
        (await SlowAndQuickAsync(Patience)).ShouldBe(["quick", "slow"]);
    }

    [Fact]
    public async Task Control_without_an_end_to_its_patience_the_dispatcher_stays_with_the_slow_lane() =>
        (await SlowAndQuickAsync(Timeout.InfiniteTimeSpan)).ShouldBe(["slow", "quick"]);

    [Fact]
    public async Task A_handler_that_takes_longer_than_its_limit_has_failed()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = await StartAsync(connectionString, options => options.Dispatchers = 0);
        await using var database = new TrialDatabase(connectionString);
        host.Interference.Before = (_, _, _, ct) =>
        {
            var forever = Task.Delay(Timeout.InfiniteTimeSpan, _clock, ct);
            _clock.Advance(new OutboxOptions().HandlerLimit);
            return forever;
        };
        await WriteAsync(host, Guid.CreateVersion7());

        await host.DrainAsync();

        (await database.ScalarAsync<string>("select attempts || ' ' || error from mila.outbox")).ShouldBe("1 TimeoutException: The handler took longer than 30 s.");
    }

    [Fact]
    public async Task A_batch_that_takes_long_completes_what_is_done_and_leaves_the_rest_for_the_next()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = await StartAsync(connectionString, options => options.Dispatchers = 0);
        await using var database = new TrialDatabase(connectionString);
        host.Interference.Before = (_, _, number, _) =>
        {
            if (number == 2) _clock.Advance(new OutboxOptions().BatchTime);
            return Task.CompletedTask;
        };
        var actor = Guid.CreateVersion7();
        for (var number = 1; number <= 3; number++) await WriteAsync(host, actor, number);

        (await ServeAsync(host, actor)).ShouldBeTrue();
        (await database.NumbersAsync(nameof(WhenDeedDone)))[actor].ShouldBe([1, 2]);
        (await ServeAsync(host, actor)).ShouldBeFalse();
        (await database.NumbersAsync(nameof(WhenDeedDone)))[actor].ShouldBe([1, 2, 3]);
    }

    private static Task<bool> ServeAsync(TrialHost host, Guid actor) =>
        host.Services.GetRequiredService<OutboxDelivery>().ServeAsync(Lane.Of(TrialModule.Done, actor), patient: true, default);

    /// <summary>Two lanes and one dispatcher, which comes to the slow one first. Names in the order in which the handlers ended.</summary>
    private async Task<string[]> SlowAndQuickAsync(TimeSpan patience)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = await StartAsync(connectionString, options => (options.Dispatchers, options.Patience) = (1, patience));
        await using var database = new TrialDatabase(connectionString);
        var slow = Guid.CreateVersion7();
        var quick = Guid.CreateVersion7();
        while (Lane.Of(TrialModule.Done, quick) == Lane.Of(TrialModule.Done, slow)) quick = Guid.CreateVersion7();
        var inside = new TaskCompletionSource();
        var leave = new TaskCompletionSource();
        host.Interference.Before = (_, actor, _, _) =>
        {
            if (actor != slow) return Task.CompletedTask;

            inside.TrySetResult();
            return leave.Task;
        };

        await WriteAsync(host, slow);
        await inside.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await WriteAsync(host, quick);
        if (patience == Patience)
        {
            await TrialDatabase.UntilAsync(async () =>
            {
                _clock.Advance(Patience);
                return await database.QueuedAsync() == 1;
            });
        }

        leave.SetResult();
        await TrialDatabase.UntilAsync(async () => await database.QueuedAsync() == 0);
        var order = await database.ScalarAsync<Guid[]>("select array_agg(actor order by position) from trial.effect");
        return [.. order.Select(actor => actor == slow ? "slow" : "quick")];
    }

    private async Task<TrialHost> StartAsync(string connectionString, Action<OutboxOptions> configure)
    {
        await TrialHost.PrepareAsync(connectionString);
        // The handlers stand still here for as long as this machine needs.
        return await TrialHost.StartAsync(connectionString, clock: _clock, configure: options =>
        {
            options.IdleLimit = TimeSpan.Zero;
            configure(options);
        });
    }

    private Task WriteAsync(TrialHost host, Guid actor, int number = 1) => host.WriteAsync(session =>
    {
        session.Publish(new DeedDone(actor, Guid.CreateVersion7(), number, _clock.GetUtcNow()));
        return Task.CompletedTask;
    });
}
