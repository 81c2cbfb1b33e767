using Npgsql;

namespace Mila.Partners.Webhooks.Delivery;

/// <summary>
/// This host's sign of life: one connection that holds the advisory lock on the host's number and listens for the bell. When the process dies, its connection ends,
/// the lock falls, and every other host may free its claims.
/// </summary>
internal sealed class HostSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _listening;

    private HostSession(NpgsqlConnection connection, int number, Action rung)
    {
        (_connection, Number) = (connection, number);
        _connection.Notification += (_, _) => rung();
        _listening = ListenAsync(rung);
    }

    /// <summary>What this host's claims are marked with.</summary>
    internal int Number { get; }

    /// <summary>True once the connection is gone: the claims under this number may be taken by others.</summary>
    internal bool Lost => _listening.IsCompleted;

    internal static async Task<HostSession> OpenAsync(NpgsqlDataSource database, DateTimeOffset now, Action rung, CancellationToken ct)
    {
        var connection = await database.OpenKeptAsync(ct);
        try
        {
            // A machine that vanishes sends no farewell: the server asks after it and gives up within seconds.
            await ExecuteAsync(connection, "set tcp_keepalives_idle = 1; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 2", ct);
            await using var draw = new NpgsqlCommand("select nextval('partners.webhook_hosts_number_seq')::int", connection);
            var number = (int)(await draw.ExecuteScalarAsync(ct))!;
            // First the lock, then the row: a row without its lock is a dead host.
            await ExecuteAsync(connection, "select pg_advisory_lock($1, $2)", ct, WebhookTables.HostLocks, number);
            await ExecuteAsync(connection, "insert into partners.webhook_hosts (number, started_at) values ($1, $2)", ct, number, now.UtcDateTime);
            await ExecuteAsync(connection, $"listen {WebhookTables.Bell}", ct);
            return new HostSession(connection, number, rung);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            // Said aloud, because others wait for it.
            await ExecuteAsync(_connection, "update partners.webhook_deliveries set claimed_by = null where state = 0 and claimed_by = $1", default, Number);
            await ExecuteAsync(_connection, "delete from partners.webhook_hosts where number = $1", default, Number);
        }
        catch (Exception problem) when (problem is NpgsqlException or InvalidOperationException)
        {
            // The connection was lost, and with it the lock: another host, or this one in its next session, frees the claims.
        }

        await _connection.DisposeAsync();
        _closing.Dispose();
    }

    private async Task ListenAsync(Action rung)
    {
        try
        {
            while (!_closing.IsCancellationRequested) await _connection.WaitAsync(_closing.Token);
        }
        catch (Exception problem) when (problem is NpgsqlException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Lost; the pump opens another.
        }
        finally
        {
            rung();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
