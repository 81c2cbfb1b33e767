using Microsoft.Extensions.Time.Testing;
using Mila.BuildingBlocks.Outbox;
using Mila.Testing.Outbox;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Outbox;

/// <summary>How a host learns that there is work: its own bell, the notices of others, and the poll behind them. The clocks stand still, so no poll comes unless it is let.</summary>
public sealed class AwakeningTests(TestPostgres postgres)
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 9, 18, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_host_serves_what_another_has_committed_that_has_no_dispatchers_of_its_own()
    {
        var connectionString = await PreparedAsync();
        await using var database = new TrialDatabase(connectionString);
        await using var serving = await TrialHost.StartAsync(connectionString, "serving", _clock);
        await ListeningAsync(database, "serving");
        await using var writing = await TrialHost.StartAsync(connectionString, "writing", _clock, options => options.Dispatchers = 0);

        await writing.WriteAsync(session => PublishAsync(session));

        await TrialDatabase.UntilAsync(async () => await database.QueuedAsync() == 0);
    }

    [Fact]
    public async Task What_no_notice_announced_is_found_by_the_poll()
    {
        var connectionString = await PreparedAsync();
        await using var database = new TrialDatabase(connectionString);
        await using var host = await TrialHost.StartAsync(connectionString, "serving", _clock);
        await ListeningAsync(database, "serving");
        // Served by a notice: the looks around at the start are over, which would find anything.
        await using (var other = await TrialHost.StartAsync(connectionString, "other", configure: options => options.Dispatchers = 0))
        {
            for (var announced = 0; announced < 3; announced++)
            {
                await other.WriteAsync(session => PublishAsync(session));
                await TrialDatabase.UntilAsync(async () => await database.QueuedAsync() == 0);
            }
        }

        var lane = await WriteUnannouncedAsync(host);

        // Control: the bell of another lane is heard, and the silent row stays.
        var actor = Guid.CreateVersion7();
        while (Lane.Of(TrialModule.Done, actor) == lane) actor = Guid.CreateVersion7();
        await host.WriteAsync(session => PublishAsync(session, actor));
        await TrialDatabase.UntilAsync(async () => (await database.NumbersAsync(nameof(WhenDeedDone))).Contains(actor));
        (await database.QueuedAsync()).ShouldBe(1);

        await TrialDatabase.UntilAsync(async () =>
        {
            _clock.Advance(new OutboxOptions().Poll);
            return await database.QueuedAsync() == 0;
        });
    }

    [Fact]
    public async Task A_host_whose_connections_were_all_cut_listens_again_and_hears_what_was_missed()
    {
        var connectionString = await PreparedAsync();
        await using var database = new TrialDatabase(connectionString);
        await using var serving = await TrialHost.StartAsync(connectionString, "serving", _clock, options => options.Poll = TimeSpan.FromDays(1));
        await ListeningAsync(database, "serving");
        await using var writing = await TrialHost.StartAsync(connectionString, "writing", _clock, options => options.Dispatchers = 0);

        await database.ScalarAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and application_name = 'serving'");
        await writing.WriteAsync(session => PublishAsync(session));

        // Its own second of pause after the fault is all that the clock is given.
        await TrialDatabase.UntilAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            return await database.QueuedAsync() == 0;
        });
        await ListeningAsync(database, "serving");
    }

    private static Task ListeningAsync(TrialDatabase database, string name) => TrialDatabase.UntilAsync(() =>
        database.ScalarAsync<bool>($"select exists (select from pg_stat_activity where datname = current_database() and application_name = '{name}' and query like 'listen%' and state = 'idle')"));

    /// <summary>A row whose host died between the commit and the bell.</summary>
    private async Task<Lane> WriteUnannouncedAsync(TrialHost host)
    {
        var actor = Guid.CreateVersion7();
        await using var connection = await host.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await host.WriteWithinAsync(transaction, session => PublishAsync(session, actor));
        await transaction.CommitAsync();
        return Lane.Of(TrialModule.Done, actor);
    }

    private Task PublishAsync(Marten.IDocumentSession session, Guid? actor = null)
    {
        session.Publish(new DeedDone(actor ?? Guid.CreateVersion7(), Guid.CreateVersion7(), 1, _clock.GetUtcNow()));
        return Task.CompletedTask;
    }

    private async Task<string> PreparedAsync()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        return connectionString;
    }
}
