using Npgsql;

namespace Mila.Partners.Webhooks.Delivery;

/// <summary>Forgets what is old (API.md W10): attempts after 30 days, messages after 90, in small portions so that nobody waits.</summary>
internal sealed class WebhookRetention(NpgsqlDataSource database, TimeProvider clock)
{
    internal static readonly TimeSpan Attempts = TimeSpan.FromDays(30);
    internal static readonly TimeSpan Messages = TimeSpan.FromDays(90);
    private const int Portion = 5000;

    private const string AttemptsSql = "delete from partners.webhook_attempts where ctid = any(array(select ctid from partners.webhook_attempts where started_at < $1 limit $2))";

    private const string MessagesSql = """
        with old as materialized (select seq from partners.webhook_messages where created_at < $1 limit $2),
        deliveries as (delete from partners.webhook_deliveries d using old where d.message_seq = old.seq)
        delete from partners.webhook_messages m using old where m.seq = old.seq
        """;

    private const string OrphansSql = """
        delete from partners.webhook_deliveries where ctid = any(array(
          select d.ctid from partners.webhook_deliveries d where d.due_at < $1 and not exists (select from partners.mt_doc_webhookendpoint e where e.id = d.endpoint_id) limit $2))
        """;

    internal async Task ForgetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await ForgetAsync(AttemptsSql, now - Attempts, ct);
        await ForgetAsync(MessagesSql, now - Messages, ct);
        await ForgetAsync(OrphansSql, now, ct);
    }

    private async Task ForgetAsync(string sql, DateTimeOffset before, CancellationToken ct)
    {
        int forgotten;
        do
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.Add(new() { Value = before.UtcDateTime });
            command.Parameters.Add(new() { Value = Portion });
            forgotten = await command.ExecuteNonQueryAsync(ct);
        }
        while (forgotten >= Portion);
    }
}
