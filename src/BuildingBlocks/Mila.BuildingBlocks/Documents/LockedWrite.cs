using System.Data.Common;
using Marten;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using IStorageOperation = Weasel.Storage.IStorageOperation;

namespace Mila.BuildingBlocks.Documents;

/// <summary>Documents that only the holder of a row lock writes.</summary>
public static class LockedWrite
{
    /// <summary>
    /// Writes all of them by one statement with the session's next commit, whatever stands there: the lock, not a version, says that nobody else has changed them meanwhile.
    /// Their new versions are known at once.
    /// </summary>
    /// <param name="session">That holds the lock.</param>
    /// <param name="documents">Of one kind.</param>
    /// <param name="id">Their ids, by which each is written once.</param>
    /// <param name="now">Versions are UUIDv7.</param>
    public static void WriteLocked<T>(this IDocumentSession session, IReadOnlyCollection<T> documents, Func<T, Guid> id, DateTimeOffset now)
        where T : class, IDocument
    {
        if (documents.Count == 0) return;

        foreach (var document in documents) document.Version = Guid.CreateVersion7(now);
        session.QueueOperation(new Statement<T>(session, documents, id));
    }

    // It answers no rows: without saying so, the versions that other operations of the commit answer would be read one too early.
    private sealed class Statement<T>(IDocumentSession session, IReadOnlyCollection<T> documents, Func<T, Guid> id) : IStorageOperation, NoDataReturnedCall
        where T : class, IDocument
    {
        public Type DocumentType => typeof(Marten.Storage.StorageFeatures);

        public OperationRole Role() => OperationRole.Other;

        public void ConfigureCommand(ICommandBuilder builder, IStorageSession storage)
        {
            var postgres = (Weasel.Postgresql.ICommandBuilder)builder;
            var serializer = ((Marten.DocumentStore)session.DocumentStore).Serializer;
            var table = session.DocumentStore.Options.FindOrResolveDocumentType(typeof(T)).TableName.QualifiedName;
            builder.Append($"insert into {table} as d (id, data, mt_version) select * from unnest(");
            postgres.AppendParameter(documents.Select(id).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
            builder.Append(", ");
            postgres.AppendParameter(documents.Select(d => serializer.ToJson(d)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
            builder.Append(", ");
            postgres.AppendParameter(documents.Select(d => d.Version).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
            builder.Append(") on conflict (id) do update set data = excluded.data, mt_version = excluded.mt_version, mt_last_modified = transaction_timestamp()");
        }

        public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
    }
}
