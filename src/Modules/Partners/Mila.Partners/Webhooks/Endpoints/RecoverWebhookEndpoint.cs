using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Messages;
using Npgsql;
using NpgsqlTypes;

namespace Mila.Partners.Webhooks.Endpoints;

internal static class RecoverWebhookEndpoint
{
    /// <summary>The most messages of one recovery; the next one goes on where it ended.</summary>
    internal const int Most = 10_000;

    /// <summary>Of what is older than the attempts that are kept nobody knows whether it arrived.</summary>
    private static readonly TimeSpan Remembered = WebhookRetention.Attempts;

    // What failed for good or waits for its retry, whatever the endpoint asks for now, and what happened while the endpoint was out of service and was never queued for it. What waits is
    // held until it is due now: were it sent in between, it would be queued anew and sent twice. What is under way stays as it is.
    private const string MissedSql = """
        with waiting as materialized (
          select d.message_seq from partners.webhook_deliveries d join partners.webhook_messages m on m.seq = d.message_seq
          where d.endpoint_id = $1 and d.state <> 1 and d.claimed_by is null and m.created_at >= $2
          order by d.message_seq limit $6 for update of d skip locked)
        select m.seq from partners.webhook_messages m
        where m.created_at >= $2 and m.created_at >= $3
          and ((m.type = any($4) and ($5 = '{}' or m.channels && $5)) or exists (select from partners.webhook_deliveries f where f.endpoint_id = $1 and f.message_seq = m.seq))
          and ($7 is null or m.audience is null or $7 = any(m.audience))
          and not exists (select from partners.webhook_attempts a where a.endpoint_id = $1 and a.message_seq = m.seq and a.outcome = 0)
          and (not exists (select from partners.webhook_deliveries d where d.endpoint_id = $1 and d.message_seq = m.seq and d.state <> 1) or m.seq in (select w.message_seq from waiting w))
        order by m.seq limit $6
        """;

    /// <param name="Since">From when on, at most 30 days ago.</param>
    internal sealed record Request(DateTimeOffset Since);

    /// <summary>What is sent again.</summary>
    /// <param name="Messages">How many messages were queued.</param>
    /// <param name="Complete">False when there are more than one recovery takes: ask again once these have arrived.</param>
    internal sealed record Response(int Messages, bool Complete);

    /// <summary>Send now everything since a time that never arrived: what failed, what waits for its next attempt, and what happened while the endpoint was disabled.</summary>
    internal static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(
        Guid endpointId, Request request, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LoadEndpointAsync(endpointId, caller, ct) is null) return EndpointErrors.Unknown.ToProblem();

        var now = clock.GetUtcNow();
        if (request.Since > now || request.Since < now - Remembered) return EndpointErrors.RecoveryOutOfReach.At("/since").ToProblem();

        var endpoint = (await session.LoadLockedAsync<WebhookEndpoint>(endpointId, ct))!;
        if (!endpoint.Enabled) return EndpointErrors.Disabled.ToProblem();

        var missed = await session.ColumnAsync<long>(
            new NpgsqlCommand(MissedSql)
            {
                Parameters =
                {
                    new() { Value = endpoint.Id }, new() { Value = request.Since.UtcDateTime }, new() { Value = endpoint.CreatedAt.UtcDateTime },
                    new() { Value = endpoint.WantedTypes().ToArray() }, new() { Value = endpoint.Channels.ToArray() }, new() { Value = Most + 1 },
                    new() { Value = (object?)endpoint.PartnerId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                },
            },
            ct);
        session.QueueOperation(new Resend(endpoint.Id, endpoint.Manners.Ordered, [.. missed.Take(Most)], now));
        await session.SaveChangesAsync(ct);
        return TypedResults.Accepted($"/v1/webhook-endpoints/{endpoint.Id}/attempts", new Response(Math.Min(missed.Count, Most), missed.Count <= Most));
    }
}
