using JasperFx;
using Marten;
using Npgsql;

namespace Mila.BuildingBlocks.Documents;

/// <summary>The schema of everything: Marten's documents, the tables beside them, and the indexes that lists walk.</summary>
internal sealed class MilaDatabase(IDocumentStore store, NpgsqlDataSource database, IReadOnlyList<ModuleDocuments> modules)
{
    /// <summary>
    /// Nobody looks for a whole document, and to know how its values are spread PostgreSQL sorts 30 000 of them each time that a table has grown by a tenth: a quarter of its work while many register.
    /// What is looked for has an index over an expression, which is analysed as before.
    /// </summary>
    private const string NoStatisticsOfWholeDocuments = """
        do $$ declare c record; begin
          for c in select a.attrelid::regclass as of, a.attname from pg_attribute a join pg_class t on t.oid = a.attrelid join pg_namespace n on n.oid = t.relnamespace
            where t.relkind = 'r' and a.atttypid = 'jsonb'::regtype and a.attstattarget is distinct from 0 and (t.relname like 'mt\_doc\_%' or n.nspname = 'mila') loop
            execute format('alter table %s alter column %I set statistics 0', c.of, c.attname);
          end loop;
        end $$
        """;

    /// <summary>Brings the database to what this version expects. Hosts that start together wait for one another.</summary>
    public async Task MigrateAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Neither the wait for another host nor a statement that goes through a large table has an end set to it.
        // This transaction says nothing while others of ours make tables, for as long as that takes.
        await using var turn = new NpgsqlCommand("set local idle_in_transaction_session_timeout = 0; select pg_advisory_xact_lock(5067335)", connection, transaction) { CommandTimeout = 0 };
        await turn.ExecuteNonQueryAsync(ct);

        // Over connections of its own: what it makes is there for the statements below.
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        string[] beside = [NoStatisticsOfWholeDocuments, Outbox.OutboxTable.Tuning, .. modules.SelectMany(m => m.AfterMigration)];
        await using var batch = new NpgsqlBatch(connection, transaction) { Timeout = 0 };
        foreach (var statement in beside) batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
