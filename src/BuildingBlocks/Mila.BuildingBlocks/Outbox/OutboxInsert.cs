using System.Data.Common;
using Npgsql;
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
    private const string InsertSql = "insert into mila.outbox (id, subscriber, lane, aggregate, type, body, published_at, due_at, trace) select * from unnest(";

    /// <summary>What to write, known when the session saves.</summary>
    public void Fill(IReadOnlyList<OutboxRow> rows, bool locksBuckets) => (_rows, _locksBuckets) = (rows, locksBuckets);

    public Type DocumentType => typeof(Marten.Storage.StorageFeatures);

    public OperationRole Role() => OperationRole.Other;

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        var postgres = (Weasel.Postgresql.ICommandBuilder)builder;
        if (_rows.Count == 0)
        {
            // Nobody listens, or whoever owns the transaction writes them.
            builder.Append("select 0");
            return;
        }

        builder.Append(LockSql(_locksBuckets));
        postgres.AppendParameter(BucketsOf(_rows), NpgsqlDbType.Array | NpgsqlDbType.Bigint);
        builder.Append(") b");

        builder.StartNewCommand();
        builder.Append(InsertSql);
        var first = true;
        foreach (var (values, type) in ColumnsOf(_rows))
        {
            if (!first) builder.Append(", ");
            postgres.AppendParameter(values, NpgsqlDbType.Array | type);
            first = false;
        }

        builder.Append(")");
    }

    /// <summary>Writes rows at the end of a transaction whose owner knows that no more are to come.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<OutboxRow> rows, bool locksBuckets, CancellationToken ct)
    {
        if (rows.Count == 0) return;

        var insert = new NpgsqlBatchCommand($"{InsertSql}{string.Join(", ", ColumnsOf(rows).Select((_, i) => $"${i + 1}"))})");
        foreach (var (values, type) in ColumnsOf(rows)) insert.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"{LockSql(locksBuckets)}$1) b") { Parameters = { new() { Value = BucketsOf(rows), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint } } },
                insert,
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
    }

    public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;

    private static string LockSql(bool locksBuckets) => locksBuckets ? "select count(pg_advisory_xact_lock(b)) from unnest(" : "select count(b) from unnest(";

    // In one order, so that two who lock several do not wait for each other.
    private static long[] BucketsOf(IReadOnlyList<OutboxRow> rows) => [.. rows.Select(r => LockSpace | (long)(OutboxHash.Of(r.Aggregate) % Buckets)).Distinct().Order()];

    private static (object Values, NpgsqlDbType Type)[] ColumnsOf(IReadOnlyList<OutboxRow> rows)
    {
        return
        [
            (Column(r => r.Id), NpgsqlDbType.Uuid), (Column(r => r.Lane.Subscriber), NpgsqlDbType.Text), (Column(r => r.Lane.Number), NpgsqlDbType.Smallint),
            (Column(r => r.Aggregate), NpgsqlDbType.Uuid), (Column(r => r.Type), NpgsqlDbType.Text), (Column(r => r.Body), NpgsqlDbType.Jsonb),
            (Column(r => r.PublishedAt), NpgsqlDbType.TimestampTz), (Column(r => r.DueAt), NpgsqlDbType.TimestampTz), (Column(r => r.Trace), NpgsqlDbType.Text),
        ];

        T[] Column<T>(Func<OutboxRow, T> value) => [.. rows.Select(value)];
    }
}

/// <summary>One row to write: a notification for one handler.</summary>
/// <param name="Id">Its own, also among the rows of one notification: a dead letter is named by it.</param>
internal sealed record OutboxRow(Guid Id, Lane Lane, Guid Aggregate, string Type, string Body, DateTime PublishedAt, DateTime DueAt, string? Trace)
{
    /// <summary>Due at once, in the order of commits: <c>-infinity</c> in the table.</summary>
    public static readonly DateTime Now = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
}
