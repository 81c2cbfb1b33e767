using Npgsql;

namespace Mila.BuildingBlocks.Documents;

/// <summary>
/// A connection whose session keeps more than a transaction does: what it listens to, what it has set, what it has locked. The pool resets no session that comes back,
/// because that costs a statement for every transaction of everybody; so the few that keep something forget it themselves.
/// </summary>
public static class KeptConnection
{
    /// <summary>Open a connection of this kind.</summary>
    public static async Task<Lease> OpenKeptAsync(this NpgsqlDataSource database, CancellationToken ct) => new(await database.OpenConnectionAsync(ct));

    /// <summary>The connection until it goes back.</summary>
    public sealed class Lease(NpgsqlConnection connection) : IAsyncDisposable
    {
        public NpgsqlConnection Connection => connection;

        public async ValueTask DisposeAsync()
        {
            try
            {
                // Not "discard all": that would forget the prepared statements, which the pool believes to be there.
                await using var forget = new NpgsqlCommand("unlisten *; reset all; select pg_advisory_unlock_all()", connection);
                await forget.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (Exception problem) when (problem is NpgsqlException or InvalidOperationException or ObjectDisposedException)
            {
                // The connection was lost, and its session with it.
            }

            await connection.DisposeAsync();
        }
    }
}
