using Npgsql;

namespace Mila.Partners.Webhooks.Delivery;

/// <summary>Statements about the webhook tables, read in the session's own transaction.</summary>
internal static class SessionSql
{
    /// <summary>The first value; the default when there is no row.</summary>
    internal static async Task<T?> ScalarAsync<T>(this IQuerySession session, NpgsqlCommand command, CancellationToken ct) => (await session.ColumnAsync<T>(command, ct)).FirstOrDefault();

    /// <summary>The first column.</summary>
    internal static async Task<List<T>> ColumnAsync<T>(this IQuerySession session, NpgsqlCommand command, CancellationToken ct)
    {
        await using (command)
        {
            await using var reader = await session.ExecuteReaderAsync(command, ct);
            var column = new List<T>();
            while (await reader.ReadAsync(ct)) column.Add(await reader.GetFieldValueAsync<T>(0, ct));
            return column;
        }
    }
}
