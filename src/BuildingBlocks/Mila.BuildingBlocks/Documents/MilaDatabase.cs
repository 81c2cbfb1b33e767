using JasperFx;
using Marten;
using Npgsql;

namespace Mila.BuildingBlocks.Documents;

/// <summary>The schema of everything: Marten's documents, the tables beside them, and the indexes that lists walk.</summary>
internal sealed class MilaDatabase(IDocumentStore store, NpgsqlDataSource database, IReadOnlyList<ModuleDocuments> modules)
{
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
        string[] beside = [Outbox.OutboxTable.Tuning, .. modules.SelectMany(m => m.AfterMigration)];
        await using var batch = new NpgsqlBatch(connection, transaction) { Timeout = 0 };
        foreach (var statement in beside) batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
