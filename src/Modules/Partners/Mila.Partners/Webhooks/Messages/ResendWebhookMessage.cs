using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Endpoints;
using Npgsql;

namespace Mila.Partners.Webhooks.Messages;

internal static class ResendWebhookMessage
{
    private const string MessageSql = "select m.seq from partners.webhook_messages m where m.id = $1";

    private const string MayKnowSql = "select m.audience is null or $2 = any(m.audience) from partners.webhook_messages m where m.seq = $1";

    private const string MeantForSql = "select coalesce($2 = any(m.told), false) from partners.webhook_messages m where m.seq = $1";

    /// <param name="EndpointId">Where to: an enabled endpoint.</param>
    internal sealed record Request(Guid EndpointId);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.EndpointId).NotEmpty();
    }

    /// <summary>A message on its way.</summary>
    /// <param name="MessageId">Its <c>webhook-id</c>, the same as before.</param>
    internal sealed record Response(string MessageId);

    /// <summary>Send a message again to an endpoint, with the same id and the same bytes. Staff may choose any endpoint whose partner may know of it, a partner's key one that the message was meant for.</summary>
    internal static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(
        string messageId, Request request, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LoadEndpointAsync(request.EndpointId, caller, ct) is null) return EndpointErrors.Unknown.ToProblem();

        var endpoint = (await session.LoadLockedAsync<WebhookEndpoint>(request.EndpointId, ct))!;
        if (await session.ScalarAsync<long?>(new NpgsqlCommand(MessageSql) { Parameters = { new() { Value = messageId } } }, ct) is not { } seq) return MessageErrors.Unknown.ToProblem();
        if (caller.IsPartner && !await session.ScalarAsync<bool>(new NpgsqlCommand(MeantForSql) { Parameters = { new() { Value = seq }, new() { Value = endpoint.Id } } }, ct)) return MessageErrors.Unknown.ToProblem();
        if (endpoint.PartnerId is { } owner && !await session.ScalarAsync<bool>(new NpgsqlCommand(MayKnowSql) { Parameters = { new() { Value = seq }, new() { Value = owner } } }, ct)) return MessageErrors.NotForThem.ToProblem();
        if (!endpoint.Enabled) return EndpointErrors.Disabled.ToProblem();

        session.QueueOperation(new Resend(endpoint.Id, endpoint.Manners.Ordered, [seq], clock.GetUtcNow()));
        await session.SaveChangesAsync(ct);
        return TypedResults.Accepted($"/v1/webhook-messages/{messageId}/attempts", new Response(messageId));
    }
}
