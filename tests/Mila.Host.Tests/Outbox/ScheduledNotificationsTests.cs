using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mila.BuildingBlocks.Outbox;
using Mila.Testing.Outbox;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Outbox;

/// <summary>Notifications for a future instant.</summary>
public sealed class ScheduledNotificationsTests(TestPostgres postgres)
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 9, 18, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_scheduled_notification_survives_a_restart_and_comes_at_its_time_not_before()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        await using var database = new TrialDatabase(connectionString);
        var actor = Guid.CreateVersion7();
        await using (var before = await TrialHost.StartAsync(connectionString, "before", _clock, options => options.Dispatchers = 0)) await ScheduleAsync(before, actor, TimeSpan.FromHours(1));

        await using var after = await TrialHost.StartAsync(connectionString, "after", _clock, options => options.Dispatchers = 0);
        _clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        await after.DrainAsync();
        (await database.NumbersAsync(nameof(WhenDeedDone))).Count.ShouldBe(0);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await after.DrainAsync();
        (await database.NumbersAsync(nameof(WhenDeedDone)))[actor].ShouldBe([1]);
    }

    [Fact]
    public async Task A_running_host_finds_a_due_notification_by_itself_within_a_second_of_its_clock()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        await using var database = new TrialDatabase(connectionString);
        await using var host = await TrialHost.StartAsync(connectionString, clock: _clock);
        await ScheduleAsync(host, Guid.CreateVersion7(), TimeSpan.FromMinutes(10));

        _clock.Advance(TimeSpan.FromMinutes(10));
        // From here the clock moves a second in all, in steps that leave the host time to come back to its wait.
        for (var i = 0; i < 100 && await database.QueuedAsync() > 0; i++) _clock.Advance(TimeSpan.FromMilliseconds(10));
        await TrialDatabase.UntilAsync(async () => await database.QueuedAsync() == 0);
        (await database.NumbersAsync(nameof(WhenDeedDone))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_due_notification_does_not_wait_for_a_backlog_to_end()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        await using var database = new TrialDatabase(connectionString);
        await using var host = await TrialHost.StartAsync(connectionString, clock: _clock, configure: options => (options.Dispatchers, options.BatchSize) = (0, 1));
        var actor = Guid.CreateVersion7();
        for (var number = 2; number <= 4; number++)
        {
            await host.WriteAsync(session =>
            {
                session.Publish(new DeedDone(actor, Guid.CreateVersion7(), number, _clock.GetUtcNow()));
                return Task.CompletedTask;
            });
        }

        await ScheduleAsync(host, actor, TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        await host.Services.GetRequiredService<OutboxDelivery>().ServeAsync(Lane.Of(TrialModule.Done, actor), patient: true, default);

        (await database.NumbersAsync(nameof(WhenDeedDone)))[actor].ShouldBe([1, 2]);
    }

    private Task ScheduleAsync(TrialHost host, Guid actor, TimeSpan ahead) => host.WriteAsync(session =>
    {
        session.PublishAt(new DeedDone(actor, Guid.CreateVersion7(), 1, _clock.GetUtcNow()), _clock.GetUtcNow() + ahead);
        return Task.CompletedTask;
    });
}
