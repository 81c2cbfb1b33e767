using Npgsql;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;
using Table = Weasel.Postgresql.Tables.Table;

namespace Mila.BuildingBlocks.Documents;

/// <summary>What is done once in the life of a database, such as the first import.</summary>
internal sealed class Milestones(NpgsqlDataSource database, TimeProvider clock)
{
    public static Table Table()
    {
        var table = new Table(new PostgresqlObjectName("mila", "milestone", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("name", "text").AsPrimaryKey();
        table.AddColumn("reached_at", "timestamp with time zone").NotNull();
        return table;
    }

    /// <summary>Whether this was done.</summary>
    public async Task<bool> IsReachedAsync(string name, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select exists (select from mila.milestone where name = $1)");
        command.Parameters.Add(new() { Value = name });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>This is done now.</summary>
    public async Task ReachAsync(string name, CancellationToken ct)
    {
        await using var command = database.CreateCommand("insert into mila.milestone (name, reached_at) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = clock.GetUtcNow().UtcDateTime });
        await command.ExecuteNonQueryAsync(ct);
    }
}
