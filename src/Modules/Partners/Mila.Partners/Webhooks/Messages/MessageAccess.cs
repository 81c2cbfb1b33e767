using Mila.Partners.Webhooks.Endpoints;

namespace Mila.Partners.Webhooks.Messages;

/// <summary>A partner's key sees the messages that were meant for its own endpoints.</summary>
internal static class MessageAccess
{
    /// <summary>A condition on <c>m</c>; <c>$1</c> holds the caller's endpoints, or null for staff.</summary>
    internal const string Sql = """
        ($1::uuid[] is null
          or exists (select from partners.webhook_attempts x where x.message_seq = m.seq and x.endpoint_id = any($1))
          or exists (select from partners.webhook_deliveries x where x.message_seq = m.seq and x.endpoint_id = any($1)))
        """;

    /// <summary>The endpoints that the caller may know of: its own for a partner, null for all.</summary>
    internal static async Task<Guid[]?> EndpointsOfAsync(this IQuerySession session, Caller caller, CancellationToken ct) =>
        caller.PartnerId is { } own ? [.. (await session.Query<WebhookEndpoint>().Where(e => e.PartnerId == own).ToListAsync(ct)).Select(e => e.Id)] : null;
}
