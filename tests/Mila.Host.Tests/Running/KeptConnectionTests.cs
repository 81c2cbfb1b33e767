using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Documents;
using Mila.Testing.App;
using Npgsql;

namespace Mila.Host.Tests.Running;

/// <summary>What a session keeps is met by no stranger.</summary>
public sealed class KeptConnectionTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task What_a_session_kept_ends_with_it_also_where_it_answers_no_statement_any_more()
    {
        var database = mila.Services.GetRequiredService<NpgsqlDataSource>();
        int kept;
        await using (var connection = await database.OpenKeptAsync(TestContext.Current.CancellationToken))
        {
            kept = connection.ProcessID;
            await ExecuteAsync(connection, "listen nobody; set lock_timeout = 4321; select pg_advisory_lock(4321)");
            await ExecuteAsync(connection, "begin");
            (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(connection, "select 1 / 0"))).SqlState.ShouldBe(PostgresErrorCodes.DivisionByZero);
            (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(connection, "unlisten *"))).SqlState.ShouldBe(PostgresErrorCodes.InFailedSqlTransaction);
        }

        // As many as are idle there, and more: none of the pool is that session.
        var opened = new List<NpgsqlConnection>();
        for (var i = 0; i < 20; i++) opened.Add(await database.OpenConnectionAsync(TestContext.Current.CancellationToken));
        opened.ShouldAllBe(c => c.ProcessID != kept);
        foreach (var connection in opened) await connection.DisposeAsync();

        // Waits until the lock has fallen, and fails by its limit if it does not.
        await mila.SqlAsync("select pg_advisory_lock(4321)");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
