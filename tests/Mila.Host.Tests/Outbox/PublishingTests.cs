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
}
