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
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        string[] beside = [Outbox.OutboxTable.Tuning, .. modules.SelectMany(m => m.AfterMigration)];
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_advisory_xact_lock(5067335)"));
        foreach (var statement in beside) batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
