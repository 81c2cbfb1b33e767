using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;
using Table = Weasel.Postgresql.Tables.Table;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>The table behind the outbox: one row per notification and handler.</summary>
internal static class OutboxTable
{
    public const string Name = "mila.outbox";

    public static Table Definition()
    {
        var table = new Table(new PostgresqlObjectName("mila", "outbox", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("seq", "bigserial").AsPrimaryKey();
        table.AddColumn("id", "uuid").NotNull();
        table.AddColumn("subscriber", "text").NotNull();
        table.AddColumn("lane", "smallint").NotNull();
        table.AddColumn("aggregate", "uuid").NotNull();
        table.AddColumn("type", "text").NotNull();
        table.AddColumn("body", "jsonb").NotNull();
        table.AddColumn("published_at", "timestamp with time zone").NotNull();
        // -infinity means now, in the order of seq; anything else is a time set by PublishAt or by a retry.
        table.AddColumn("due_at", "timestamp with time zone").NotNull();
        table.AddColumn("attempts", "integer").NotNull().DefaultValue(0);
        table.AddColumn("parked_at", "timestamp with time zone");
        table.AddColumn("error", "text");
        table.AddColumn("trace", "text");
        table.Indexes.Add(new IndexDefinition("outbox_due") { Columns = ["subscriber", "lane", "due_at", "seq"], Predicate = "parked_at is null" });
        table.Indexes.Add(new IndexDefinition("outbox_failing") { Columns = ["subscriber", "aggregate", "seq"], Predicate = "attempts > 0 AND parked_at is null" });
        table.Indexes.Add(new IndexDefinition("outbox_parked") { Columns = ["parked_at", "id"], Predicate = "parked_at is not null" });
        table.Indexes.Add(new IndexDefinition("outbox_parked_id") { Columns = ["id"], Predicate = "parked_at is not null" });
        return table;
    }

    /// <summary>
    /// A queue is mostly dead rows: vacuum it long before the default fifth of it is dead.
    /// Applied beside the schema, because the migration compares tables without storage parameters.
    /// </summary>
    public const string Tuning =
        "alter table mila.outbox set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0, fillfactor = 90)";
}
