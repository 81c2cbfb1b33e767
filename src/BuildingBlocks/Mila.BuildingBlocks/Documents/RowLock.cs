using Marten;
using Npgsql;

namespace Mila.BuildingBlocks.Documents;

/// <summary>How a scarce thing is taken: its row is locked until the session's transaction ends, so that everybody else waits and then sees the truth.</summary>
public static class RowLock
{
    /// <summary>Switched off only by the controls of race tests, which must fail then.</summary>
    internal static bool Enabled { get; set; } = true;

    /// <summary>What ends a <c>select</c> of a module's own that takes the row it reads.</summary>
    public static string Clause => Enabled ? " for update" : "";

    /// <summary>The same where nobody is waited for: rows that another transaction holds are passed over.</summary>
    public static string ClauseOfTheFree => Enabled ? " for update skip locked" : "";

    /// <summary>Load a document with its row locked; null when there is none.</summary>
    public static async Task<T?> LoadLockedAsync<T>(this IDocumentSession session, Guid id, CancellationToken ct)
        where T : class, IDocument
    {
        if (Enabled)
        {
            var table = session.DocumentStore.Options.FindOrResolveDocumentType(typeof(T)).TableName.QualifiedName;
            await session.BeginTransactionAsync(ct);
            await using var command = new NpgsqlCommand($"select id from {table} where id = $1 for update") { Parameters = { new() { Value = id } } };
            await using var reader = await session.ExecuteReaderAsync(command, ct);
            await reader.ReadAsync(ct);
        }

        return await session.LoadAsync<T>(id, ct);
    }
}
