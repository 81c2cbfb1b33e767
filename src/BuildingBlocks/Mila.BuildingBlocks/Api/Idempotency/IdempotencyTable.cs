using Weasel.Postgresql;
using Weasel.Postgresql.Tables;
using Table = Weasel.Postgresql.Tables.Table;

namespace Mila.BuildingBlocks.Api.Idempotency;

/// <summary>Answers kept under their Idempotency-Key.</summary>
internal static class IdempotencyTable
{
    public static Table Definition()
    {
        var table = new Table(new PostgresqlObjectName("mila", "idempotency", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("key", "bytea").AsPrimaryKey();
        table.AddColumn("request_hash", "bytea").NotNull();
        table.AddColumn("status", "integer").NotNull();
        table.AddColumn("headers", "jsonb").NotNull();
        table.AddColumn("body", "bytea").NotNull();
        table.AddColumn("kept_at", "timestamp with time zone").NotNull();
        table.Indexes.Add(new IndexDefinition("idempotency_age") { Columns = ["kept_at"] });
        return table;
    }
}
