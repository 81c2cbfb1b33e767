using System.Globalization;
using Npgsql;

namespace Mila.Testing.App;

/// <summary>
/// Makes a race certain, for the control of a race test: nobody writes to a table before so many have read and want to write. With what keeps them apart
/// only one would come so far, and the others would wait for that one.
/// </summary>
public static class WritersMeet
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="mila">Where the table is.</param>
    /// <param name="tables">Which, joined by commas.</param>
    /// <param name="writers">How many are to meet.</param>
    /// <param name="start">Asks for all of it at once.</param>
    /// <exception cref="TimeoutException">Fewer came.</exception>
    public static async Task<T[]> MeetAsync<T>(this TestMila mila, string tables, int writers, Func<IEnumerable<Task<T>>> start)
    {
        await using var connection = new NpgsqlConnection(mila.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // Others read meanwhile, and write when this is over.
        await RunAsync($"lock table {tables} in share mode");
        var asked = Task.WhenAll(start().ToList());
        using var end = new CancellationTokenSource(Patience, TimeProvider.System);
        while (Convert.ToInt64(await RunAsync("select count(distinct pid) from pg_locks where not granted and locktype = 'relation' and database = (select oid from pg_database where datname = current_database())"), CultureInfo.InvariantCulture) < writers)
        {
            if (end.IsCancellationRequested || asked.IsCompleted) throw new TimeoutException($"Fewer than {writers} came to write.");
        }

        await transaction.CommitAsync();
        return await asked;

        async Task<object?> RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            return await command.ExecuteScalarAsync();
        }
    }
}
