using Mila.Partners.Webhooks.Announcements;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners.Webhooks.Endpoints;

internal static class TestWebhookEndpoint
{
    /// <summary>A message on its way.</summary>
    /// <param name="MessageId">Its <c>webhook-id</c>; its attempts are listed under <c>/v1/webhook-messages/{id}/attempts</c>.</param>
    internal sealed record Response(string MessageId);

    /// <summary>Send a test message to a webhook endpoint, whatever types it asked for.</summary>
    internal static async Task<Results<Accepted<Response>, ProblemHttpResult>> Handle(Guid endpointId, Caller caller, IDocumentSession session, Announcer announcer, TimeProvider clock, CancellationToken ct)
    {
        var endpoint = await session.LoadEndpointAsync(endpointId, caller, ct);
        if (endpoint is null) return EndpointErrors.Unknown.ToProblem();
        if (!endpoint.Enabled) return EndpointErrors.Disabled.ToProblem();

        var messageId = announcer.Announce(new Announcement(EventTypes.Test, endpoint.Id, clock.GetUtcNow(), new Trial(endpoint.Id, announcer.UrlOf($"/v1/webhook-endpoints/{endpoint.Id}")), Audience: endpoint.PartnerId is { } owner ? [owner] : []), [endpoint.Id], endpoint.Manners.Ordered ? [endpoint.Id] : []);
        await session.SaveChangesAsync(ct);
        return TypedResults.Accepted($"/v1/webhook-messages/{messageId}/attempts", new Response(messageId));
    }
}
