using Weasel.Core;
using Weasel.Postgresql.Tables;
using Weasel.Postgresql.Tables.Indexes;

namespace Mila.Partners.Webhooks.Delivery;

/// <summary>
/// The tables behind the webhooks: <c>webhook_messages</c> (kept 90 days), <c>webhook_deliveries</c> (a row per message and endpoint while it is not delivered),
/// <c>webhook_attempts</c> (kept 30 days), <c>webhook_health</c> (endpoints that fail now), <c>webhook_stream</c> (the name of the stream of changes) and <c>webhook_hosts</c> (who claims).
/// No foreign keys: they would cost a third of the throughput and protect nothing, since only this folder writes here.
/// </summary>
internal static class WebhookTables
{
    /// <summary>A delivery waits for its time, or for the answer of an attempt.</summary>
    internal const short Waiting = 0;

    /// <summary>Every attempt is used up, or the endpoint was gone. A recovery can make it wait again.</summary>
    internal const short Failed = 1;

    /// <summary>An ordered endpoint is told of something else first; this one waits without a time, until that is over.</summary>
    internal const short Behind = 2;

    /// <summary>The channel of <c>LISTEN</c> and <c>NOTIFY</c>: rung by every commit that leaves deliveries.</summary>
    internal const string Bell = "mila_webhooks";

    /// <summary>First half of the advisory lock that a living host holds on its number.</summary>
    internal const int HostLocks = 0x4D57;

    /// <summary>Queues are mostly dead rows: vacuum early, and leave room in the pages so that a claim is a heap-only update.</summary>
    internal const string Tuning = """
        alter table partners.webhook_deliveries set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
        alter table partners.webhook_attempts set (autovacuum_vacuum_insert_scale_factor = 0.5, autovacuum_analyze_scale_factor = 0.5)
        """;

    /// <summary>The stream of changes has a name, which its cursors carry.</summary>
    internal const string Named = "insert into partners.webhook_stream (number, epoch) values (1, gen_random_uuid()) on conflict do nothing";

    /// <summary>
    /// A database that was restored elsewhere counts its transactions anew: what it brought along was written before all of them, in the order of its sequence. That is another
    /// order than readers had, so the stream gets another name, and their cursors end. Every start asks this, so it looks at the end of an index alone.
    /// </summary>
    internal const string Restored = """
        with restored as materialized (
          select (select m.written_by from partners.webhook_messages m order by m.written_by desc limit 1) >= pg_snapshot_xmax(pg_current_snapshot()) as so),
        anew as (update partners.webhook_messages set written_by = '0' where written_by <> '0' and (select so from restored))
        update partners.webhook_stream set epoch = gen_random_uuid() where (select so from restored)
        """;

    /// <summary>What waited for an ordered endpoint before the rows said what they are about.</summary>
    internal const string Ordered = """
        update partners.webhook_deliveries d set resource = m.resource from partners.webhook_messages m, partners.mt_doc_webhookendpoint e
        where d.resource is null and m.seq = d.message_seq and m.resource is not null and e.id = d.endpoint_id and (e.data -> 'manners' ->> 'ordered')::boolean
        """;

    /// <summary>Whom a message was for, before the messages said it: as far as deliveries and attempts still know.</summary>
    internal const string Told = """
        with untold as materialized (select m.seq from partners.webhook_messages m where m.told is null),
        known as (
          select u.seq, a.endpoint_id from untold u join partners.webhook_attempts a on a.message_seq = u.seq
          union select u.seq, d.endpoint_id from untold u join partners.webhook_deliveries d on d.message_seq = u.seq),
        each as (select k.seq, array_agg(k.endpoint_id) as told from known k group by k.seq)
        update partners.webhook_messages m set told = coalesce(e.told, '{}') from untold u left join each e on e.seq = u.seq where m.seq = u.seq
        """;

    internal static void Declare(ModuleDocuments documents)
    {
        documents.AfterMigrating(Named);
        documents.AfterMigrating(Restored);
        documents.AfterMigrating(Ordered);
        documents.AfterMigrating(Told);
        documents.Table("webhook_messages", t =>
        {
            t.AddColumn("seq", "bigserial").AsPrimaryKey();
            t.AddColumn("id", "text").NotNull();
            t.AddColumn("type", "text").NotNull();
            t.AddColumn("resource", "uuid");
            t.AddColumn("channels", "text[]").NotNull().DefaultValueByExpression("'{}'");
            // The partners that may know of it beside MILA itself; null for all.
            t.AddColumn("audience", "uuid[]");
            // The endpoints that it was for: known as long as the message, while attempts are forgotten earlier.
            t.AddColumn("told", "uuid[]");
            t.AddColumn("body", "bytea").NotNull();
            t.AddColumn("full_body", "bytea");
            t.AddColumn("created_at", "timestamp with time zone").NotNull();
            // The transaction that wrote the row: a reader that stops below pg_snapshot_xmin never skips one that commits late.
            t.AddColumn("written_by", "xid8").NotNull().DefaultValueByExpression("pg_current_xact_id()");
            t.Indexes.Add(new IndexDefinition("webhook_messages_id") { Columns = ["id"], IsUnique = true });
            t.Indexes.Add(new IndexDefinition("webhook_messages_stream") { Columns = ["written_by", "seq"] });
            t.Indexes.Add(new IndexDefinition("webhook_messages_untold") { Columns = ["seq"], Predicate = "told is null" });
            t.Indexes.Add(new IndexDefinition("webhook_messages_age") { Columns = ["created_at"], Method = IndexMethod.brin });
        });
        documents.Table("webhook_stream", t =>
        {
            t.AddColumn("number", "smallint").AsPrimaryKey();
            t.AddColumn("epoch", "uuid").NotNull();
        });
        documents.Table("webhook_deliveries", t =>
        {
            t.AddColumn("id", "bigserial").AsPrimaryKey();
            t.AddColumn("message_seq", "bigint").NotNull();
            t.AddColumn("endpoint_id", "uuid").NotNull();
            t.AddColumn("state", "smallint").NotNull().DefaultValue(0);
            t.AddColumn("attempts", "smallint").NotNull().DefaultValue(0);
            t.AddColumn("due_at", "timestamp with time zone").NotNull();
            t.AddColumn("claimed_by", "integer");
            // Of the message, where the endpoint asked for order; null elsewhere, where it would cost an entry of an index and serve nobody.
            t.AddColumn("resource", "uuid");
            t.Indexes.Add(new IndexDefinition("webhook_deliveries_due") { Columns = ["endpoint_id", "due_at", "id"], Predicate = "state = 0" });
            t.Indexes.Add(new IndexDefinition("webhook_deliveries_order") { Columns = ["endpoint_id", "resource", "message_seq"], Predicate = "state <> 1 and resource is not null" });
            t.Indexes.Add(new IndexDefinition("webhook_deliveries_failed") { Columns = ["endpoint_id", "message_seq"], Predicate = "state = 1" });
        });
        documents.Table("webhook_attempts", t =>
        {
            t.AddColumn("id", "bigserial").NotNull();
            t.AddColumn("message_seq", "bigint").NotNull();
            t.AddColumn("endpoint_id", "uuid").NotNull();
            t.AddColumn("number", "smallint").NotNull();
            t.AddColumn("outcome", "smallint").NotNull();
            t.AddColumn("status", "smallint");
            t.AddColumn("started_at", "timestamp with time zone").NotNull();
            t.AddColumn("duration_ms", "integer").NotNull();
            t.AddColumn("answer", "bytea").NotNull();
            t.Indexes.Add(new IndexDefinition("webhook_attempts_of_endpoint") { Columns = ["endpoint_id", "id"], IsUnique = true });
            t.Indexes.Add(new IndexDefinition("webhook_attempts_of_message") { Columns = ["message_seq", "id"] });
            t.Indexes.Add(new IndexDefinition("webhook_attempts_age") { Columns = ["started_at"], Method = IndexMethod.brin });
        });
        documents.Table("webhook_health", t =>
        {
            t.AddColumn("endpoint_id", "uuid").AsPrimaryKey();
            t.AddColumn("failing_since", "timestamp with time zone").NotNull();
            t.AddColumn("warned", "smallint").NotNull().DefaultValue(0);
            // When it was tried last in vain, and for how long it was tried by then: pauses longer than any plan has, in which no host ran, do not count.
            t.AddColumn("failed_at", "timestamp with time zone");
            t.AddColumn("tried_seconds", "double precision").NotNull().DefaultValueByExpression("0");
            // It said 410; whoever wrote that down may have stopped before it was disabled.
            t.AddColumn("gone", "boolean").NotNull().DefaultValueByExpression("false");
        });
        documents.Table("webhook_hosts", t =>
        {
            t.AddColumn("number", "serial").AsPrimaryKey();
            t.AddColumn("started_at", "timestamp with time zone").NotNull();
        });
    }
}
