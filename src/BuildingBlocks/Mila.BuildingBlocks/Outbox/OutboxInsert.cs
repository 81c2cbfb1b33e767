using System.Data.Common;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using IStorageOperation = Weasel.Storage.IStorageOperation;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>
/// The rows of one session, written by one statement of its own batch. Before the sequence is drawn, the buckets of the aggregates are locked until commit:
/// so for one aggregate a smaller <c>seq</c> means an earlier commit, whoever writes.
/// </summary>
internal sealed class OutboxInsert : IStorageOperation
{
    private IReadOnlyList<OutboxRow> _rows = [];
    private bool _locksBuckets = true;

    // Bounds the locks that one transaction can take; two aggregates in one bucket only wait for each other's commit.
    private const int Buckets = 1024;
    private const long LockSpace = 0x4D494C41_00000000;

    /// <summary>What to write, known when the session saves.</summary>
    public void Fill(IReadOnlyList<OutboxRow> rows, bool locksBuckets) => (_rows, _locksBuckets) = (rows, locksBuckets);

    public Type DocumentType => typeof(Marten.Storage.StorageFeatures);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        var postgres = (Weasel.Postgresql.ICommandBuilder)builder;
        if (_rows.Count == 0)
        {
            // Nobody listens.
            builder.Append("select 0");
            return;
        }

        var buckets = _rows.Select(r => LockSpace | (long)(OutboxHash.Of(r.Aggregate) % Buckets)).Distinct().Order().ToArray();

        builder.Append(_locksBuckets ? "select count(pg_advisory_xact_lock(b)) from unnest(" : "select count(b) from unnest(");
        postgres.AppendParameter(buckets, NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        builder.Append(") b");

        builder.StartNewCommand();
        builder.Append("insert into mila.outbox (id, subscriber, lane, aggregate, type, body, published_at, due_at, trace) select * from unnest(");
        postgres.AppendParameter(Column(r => r.Id), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        builder.Append(", ");
        postgres.AppendParameter(Column(r => r.Lane.Subscriber), NpgsqlDbType.Array | NpgsqlDbType.Text);
        builder.Append(", ");
        postgres.AppendParameter(Column(r => r.Lane.Number), NpgsqlDbType.Array | NpgsqlDbType.Smallint);
        builder.Append(", ");
        postgres.AppendParameter(Column(r => r.Aggregate), NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        builder.Append(", ");
        postgres.AppendParameter(Column(r => r.Type), NpgsqlDbType.Array | NpgsqlDbType.Text);
        builder.Append(", ");
        postgres.AppendParameter(Column(r => r.Body), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
        builder.Append(", ");
        postgres.AppendParameter(Column(r => r.PublishedAt), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
        builder.Append(", ");
        postgres.AppendParameter(Column(r => r.DueAt), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
        builder.Append(", ");
        postgres.AppendParameter(Column(r => r.Trace), NpgsqlDbType.Array | NpgsqlDbType.Text);
        builder.Append(")");
    }

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;

    private T[] Column<T>(Func<OutboxRow, T> value) => [.. _rows.Select(value)];
}

/// <summary>One row to write: a notification for one handler.</summary>
/// <param name="Id">Its own, also among the rows of one notification: a dead letter is named by it.</param>
internal sealed record OutboxRow(Guid Id, Lane Lane, Guid Aggregate, string Type, string Body, DateTime PublishedAt, DateTime DueAt, string? Trace)
{
    /// <summary>Due at once, in the order of commits: <c>-infinity</c> in the table.</summary>
    public static readonly DateTime Now = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
}
