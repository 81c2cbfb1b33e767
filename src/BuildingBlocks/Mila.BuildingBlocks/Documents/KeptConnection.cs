using Npgsql;

namespace Mila.BuildingBlocks.Documents;

/// <summary>
/// A connection whose session keeps more than a transaction does: what it listens to, what it has set, what it has locked. The pool resets no session that comes back,
/// because that costs a statement for every transaction of everybody; so the few that keep something do not come from it. Closed, whatever its state, the session ends
/// with all that it kept.
/// </summary>
public static class KeptConnection
{
    /// <summary>Open a connection of this kind.</summary>
    public static async Task<NpgsqlConnection> OpenKeptAsync(this NpgsqlDataSource database, CancellationToken ct)
    {
        await using var pooled = database.CreateConnection();
        var connection = await pooled.CloneWithAsync(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString, ct);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
