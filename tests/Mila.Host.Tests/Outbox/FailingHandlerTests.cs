using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Mila.BuildingBlocks.Outbox;
using Mila.Testing.Outbox;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Outbox;

/// <summary>A handler that throws, on a clock that stands still.</summary>
public sealed class FailingHandlerTests(TestPostgres postgres)
{
    private const string Refusing = nameof(WhenDeedDisputed);
    private const string Peaceful = nameof(WhenDeedDisputedElsewhere);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 9, 18, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_handler_that_throws_delays_neither_another_handler_nor_another_aggregate()
    {
        var (host, database, stubborn, peaceful) = await DisputeAsync();
        await using var _ = host;
        await using var __ = database;

        await host.DrainAsync();

        (await database.NumbersAsync(Peaceful))[stubborn].ShouldBe([1, 2]);
        (await database.NumbersAsync(Peaceful))[peaceful].ShouldBe([1]);
        (await database.NumbersAsync(Refusing))[peaceful].ShouldBe([1]);
        (await database.NumbersAsync(Refusing))[stubborn].ShouldBeEmpty();
        (await AttemptsAsync(database)).ShouldBe("1,0");
    }

    [Fact]
    public async Task A_handler_that_cannot_even_be_made_fails_alone()
    {
        var (host, database, stubborn, peaceful) = await DisputeAsync();
        await using var _ = host;
        await using var __ = database;
        host.Interference.Made = _ => throw new InvalidOperationException("A setting is missing.");

        await host.DrainAsync();

        (await database.NumbersAsync(Peaceful))[stubborn].ShouldBe([1, 2]);
        (await database.NumbersAsync(Peaceful))[peaceful].ShouldBe([1]);
        (await database.NumbersAsync(Refusing)).Count.ShouldBe(0);
        (await AttemptsAsync(database)).ShouldBe("1,0,1");
    }

    [Fact]
    public async Task What_is_published_past_the_session_is_refused()
    {
        var (host, database, _, _) = await DisputeAsync();
        await using var _h = host;
        await using var _d = database;
        await using var scope = host.Services.CreateAsyncScope();

        await Should.ThrowAsync<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<IPublisher>().Publish(new DeedDisputed(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, _clock.GetUtcNow())));
    }

    [Fact]
    public async Task A_row_is_tried_after_growing_pauses_and_then_parked_and_the_next_of_its_aggregate_goes_on()
    {
        var (host, database, stubborn, _) = await DisputeAsync();
        await using var _h = host;
        await using var _d = database;
        await host.DrainAsync();

        for (var failures = 1; failures <= Pauses.Length; failures++)
        {
            (await AttemptsAsync(database)).ShouldBe($"{failures},0");
            _clock.Advance(Pauses[failures - 1] - TimeSpan.FromMilliseconds(1));
            await host.DrainAsync();
            (await AttemptsAsync(database)).ShouldBe($"{failures},0");
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await host.DrainAsync();
        }

        (await database.ScalarAsync<string>("select attempts || ' ' || error from mila.outbox where parked_at is not null")).ShouldBe("7 InvalidOperationException: Number 1 is refused.");
        (await database.NumbersAsync(Refusing))[stubborn].ShouldBe([2]);
        (await database.QueuedAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_row_that_succeeds_on_a_retry_keeps_its_place_before_the_later_rows_of_its_aggregate()
    {
        var (host, database, stubborn, _) = await DisputeAsync();
        await using var _h = host;
        await using var _d = database;
        await host.DrainAsync();

        host.Interference.Before = (_, _, _, _) => Task.CompletedTask;
        await host.DrainAsync();
        (await database.NumbersAsync(Refusing))[stubborn].ShouldBeEmpty();

        _clock.Advance(Pauses[0]);
        await host.DrainAsync();
        (await database.NumbersAsync(Refusing))[stubborn].ShouldBe([1, 2]);
        (await database.TwiceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_failure_whose_message_PostgreSQL_cannot_store_is_counted_all_the_same()
    {
        var (host, database, _, _) = await DisputeAsync("nul \0 and half a pair \ud83d");
        await using var _h = host;
        await using var _d = database;

        await host.DrainAsync();

        (await database.ScalarAsync<string>("select error from mila.outbox where attempts = 1")).ShouldBe("InvalidOperationException: nul \ufffd and half a pair \ufffd");
    }

    private async Task<(TrialHost Host, TrialDatabase Database, Guid Stubborn, Guid Peaceful)> DisputeAsync(string message = "Number 1 is refused.")
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        var host = await TrialHost.StartAsync(connectionString, clock: _clock, configure: options => options.Dispatchers = 0);
        var stubborn = Guid.CreateVersion7();
        var peaceful = Guid.CreateVersion7();
        host.Interference.Before = (handler, actor, number, _) => handler == Refusing && actor == stubborn && number == 1 ? throw new InvalidOperationException(message) : Task.CompletedTask;
        await host.WriteAsync(session =>
        {
            foreach (var (actor, number) in new[] { (stubborn, 1), (stubborn, 2), (peaceful, 1) }) session.Publish(new DeedDisputed(actor, Guid.CreateVersion7(), number, _clock.GetUtcNow()));
            return Task.CompletedTask;
        });
        return (host, new TrialDatabase(connectionString), stubborn, peaceful);
    }

    private static Task<string> AttemptsAsync(TrialDatabase database) => database.ScalarAsync<string>("select coalesce(string_agg(attempts::text, ',' order by seq), '') from mila.outbox where parked_at is null");
}
