using Marten;
using Npgsql;

namespace Mila.Events.Tests.Registrations;

/// <summary>How many registrations PostgreSQL reads for an answer: as by an index in a table that is large, though that of the tests is small.</summary>
internal static class RowsRead
{
    /// <param name="session">Within whose transaction it is asked.</param>
    /// <param name="ask">The question.</param>
    public static async Task<long> ByAsync(IDocumentSession session, Func<Task> ask)
    {
        await session.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await ScalarAsync(session, "select set_config('enable_seqscan', 'off', true)");
        var before = await CountAsync(session);
        await ask();
        return await CountAsync(session) - before;
    }

    private static async Task<long> CountAsync(IDocumentSession session) =>
        (long)(await ScalarAsync(session, "select seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where relid = 'events.mt_doc_registration'::regclass"))!;

    private static async Task<object?> ScalarAsync(IDocumentSession session, string sql)
    {
        await using var command = new NpgsqlCommand(sql, session.Connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
