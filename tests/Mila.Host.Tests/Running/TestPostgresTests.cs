using Mila.Testing.Postgres;
using Npgsql;

namespace Mila.Host.Tests.Running;

public sealed class TestPostgresTests
{
    [Fact]
    public async Task Each_database_is_its_own_a_copy_starts_as_its_template_and_both_are_gone_when_dropped()
    {
        await using var postgres = new TestPostgres();
        await postgres.InitializeAsync();
        var template = await postgres.CreateDatabaseAsync();
        await using var open = NpgsqlDataSource.Create(template);
        await ExecuteAsync(open, "create table words (word text); insert into words values ('copied')");

        var copy = await postgres.CreateDatabaseAsync(template);
        var fresh = await postgres.CreateDatabaseAsync();

        await using (var source = NpgsqlDataSource.Create(copy)) (await ExecuteAsync(source, "select word from words")).ShouldBe("copied");
        await using (var source = NpgsqlDataSource.Create(fresh)) (await ExecuteAsync(source, "select to_regclass('words') is null")).ShouldBe(true);

        await postgres.DropDatabaseAsync(copy);
        await using var dropped = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(copy) { Pooling = false });
        (await Should.ThrowAsync<PostgresException>(async () => await dropped.OpenConnectionAsync())).SqlState.ShouldBe(PostgresErrorCodes.InvalidCatalogName);
    }

    private static async Task<object?> ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
