using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mila.BuildingBlocks.Outbox;
using Mila.Testing.Outbox;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Outbox;

/// <summary>Rows that this version cannot handle: their handler was renamed, or no longer takes their type.</summary>
public sealed class OrphansTests(TestPostgres postgres)
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 9, 18, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_row_whose_handler_no_host_knows_becomes_a_dead_letter_after_an_hour_and_not_before()
    {
        var (host, database) = await QueuedAsync("update mila.outbox set subscriber = 'Trial.WhenForgotten'");
        await using var _ = host;
        await using var __ = database;
        var orphans = host.Services.GetRequiredService<OutboxOrphans>();

        _clock.Advance(new OutboxOptions().OrphanedAfter - TimeSpan.FromMilliseconds(1));
        await orphans.ParkNowAndThenAsync(default);
        (await database.QueuedAsync()).ShouldBe(2);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await orphans.ParkNowAndThenAsync(default);
        (await database.QueuedAsync()).ShouldBe(0);
        (await database.ScalarAsync<string>("select string_agg(error, ',') from mila.outbox where parked_at is not null"))
            .ShouldBe("No handler of this name is registered.,No handler of this name is registered.");
    }

    [Fact]
    public async Task A_row_that_is_due_in_the_far_future_is_no_orphan_before_its_time()
    {
        var (host, database) = await QueuedAsync("update mila.outbox set subscriber = 'Trial.WhenForgotten', due_at = published_at + interval '1 year'");
        await using var _ = host;
        await using var __ = database;

        _clock.Advance(TimeSpan.FromDays(364));
        await host.Services.GetRequiredService<OutboxOrphans>().ParkNowAndThenAsync(default);

        (await database.QueuedAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Rows_whose_handler_is_known_are_left_to_it_however_old_they_are()
    {
        var (host, database) = await QueuedAsync("update mila.outbox set type = type");
        await using var _ = host;
        await using var __ = database;

        _clock.Advance(TimeSpan.FromDays(1000));
        await host.Services.GetRequiredService<OutboxOrphans>().ParkNowAndThenAsync(default);

        (await database.QueuedAsync()).ShouldBe(2);
    }

    [Theory]
    [InlineData("update mila.outbox set type = 'Trial.DeedUndone' where seq = (select min(seq) from mila.outbox)", "InvalidOperationException: No handler Testing.WhenDeedDone for Trial.DeedUndone is registered.")]
    [InlineData("update mila.outbox set body = '[]' where seq = (select min(seq) from mila.outbox)", "JsonException")]
    [InlineData("update mila.outbox set body = 'null' where seq = (select min(seq) from mila.outbox)", "ArgumentNullException")]
    public async Task A_row_that_its_handler_cannot_take_fails_alone_and_ends_as_a_dead_letter(string poison, string error)
    {
        var (host, database) = await QueuedAsync(poison);
        await using var _ = host;
        await using var __ = database;

        await host.DrainAsync();
        (await database.QueuedAsync()).ShouldBe(1);
        foreach (var pause in new OutboxOptions().Pauses)
        {
            _clock.Advance(pause);
            await host.DrainAsync();
        }

        (await database.QueuedAsync()).ShouldBe(0);
        (await database.ScalarAsync<string>("select error from mila.outbox where parked_at is not null")).ShouldStartWith(error);
    }

    /// <summary>Two rows of two aggregates, changed as another version would have written them.</summary>
    private async Task<(TrialHost Host, TrialDatabase Database)> QueuedAsync(string change)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        var host = await TrialHost.StartAsync(connectionString, clock: _clock, configure: options => options.Dispatchers = 0);
        for (var i = 0; i < 2; i++)
        {
            await host.WriteAsync(session =>
            {
                session.Publish(new DeedDone(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, _clock.GetUtcNow()));
                return Task.CompletedTask;
            });
        }

        var database = new TrialDatabase(connectionString);
        await database.ScalarAsync<long>($"with changed as ({change} returning 1) select count(*) from changed");
        return (host, database);
    }
}
