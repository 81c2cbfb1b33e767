using Mila.BuildingBlocks.Outbox;
using Mila.Testing.Outbox;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Outbox;

/// <summary>What a session does with what it publishes.</summary>
public sealed class PublishingTests(TestPostgres postgres)
{
    private static readonly DateTimeOffset At = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_session_that_changes_no_document_publishes_all_the_same()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        await using var host = await TrialHost.StartAsync(connectionString, configure: options => options.Dispatchers = 0);

        await host.WriteAsync(session =>
        {
            session.Publish(new DeedDone(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, At));
            return Task.CompletedTask;
        });

        await using var database = new TrialDatabase(connectionString);
        (await database.QueuedAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task The_statements_of_a_session_that_writes_and_of_one_that_serves_are_prepared_once_a_connection()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        // One connection for all, so that what it has prepared can be seen.
        await using var host = await TrialHost.StartAsync(connectionString, configure: options => options.Dispatchers = 0, connections: 1);
        for (var i = 0; i < 8; i++)
        {
            await host.WriteAsync(session =>
            {
                session.Publish(new DeedDone(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, At));
                return Task.CompletedTask;
            });
            await host.DrainAsync();
        }

        await using var command = host.Database.CreateCommand("select string_agg(statement, chr(10)) from pg_prepared_statements");
        var prepared = (string)(await command.ExecuteScalarAsync())!;
        prepared.ShouldContain("insert into mila.outbox");
        prepared.ShouldContain("for update of o skip locked");
        prepared.ShouldContain("delete from mila.outbox");
    }

    [Theory]
    [InlineData("", "30s")]
    [InlineData(";Options=-c idle_in_transaction_session_timeout=7s", "7s")]
    public async Task A_transaction_that_a_hanging_host_leaves_open_is_ended_by_the_database_after_a_while_that_the_operator_may_choose(string chosen, string limit)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await TrialHost.PrepareAsync(connectionString);
        await using var host = await TrialHost.StartAsync(connectionString + chosen, configure: options => options.Dispatchers = 0);

        // Twice: what was set at the start of the connection must outlive its return to the pool.
        for (var i = 0; i < 2; i++)
        {
            await using var command = host.Database.CreateCommand("show idle_in_transaction_session_timeout");
            (await command.ExecuteScalarAsync()).ShouldBe(limit);
        }
    }
}
