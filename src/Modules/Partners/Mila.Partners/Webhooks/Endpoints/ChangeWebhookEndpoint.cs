using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Guard;
using Mila.Partners.Webhooks.Secrets;

namespace Mila.Partners.Webhooks.Endpoints;

internal static class ChangeWebhookEndpoint
{
    /// <summary>Change a webhook endpoint, pause it, or put it back into service.</summary>
    internal static async Task<Results<Tagged<EndpointResponse>, ProblemHttpResult>> Handle(
        Guid endpointId, Patch<EndpointRequest> patch, IfMatch ifMatch, Caller caller, AllowedNetworks networks, SecretVault vault, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var endpoint = await session.LoadEndpointAsync(endpointId, caller, ct);
        if (endpoint is null) return EndpointErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(endpoint, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(EndpointRequest.Of(endpoint), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.PartnerId != endpoint.PartnerId) return EndpointErrors.PartnerFixed.At("/partnerId").ToProblem();
        if (request.Algorithm != endpoint.Algorithm) return EndpointErrors.AlgorithmFixed.At("/algorithm").ToProblem();
        if (WebhookUrl.Accept(request.Url, networks) is not { } url) return EndpointErrors.UrlRefused.At("/url").ToProblem();
        if (await session.HasUnknownChannelAsync((request.Channels ?? []).Except(endpoint.Channels, StringComparer.Ordinal), caller, ct)) return EndpointErrors.UnknownChannel.At("/channels").ToProblem();

        var (before, wasEnabled) = (endpoint.Manners.Ordered, endpoint.Enabled);
        endpoint.Change(request.ToTerms(url), clock.GetUtcNow());
        session.Store(endpoint);
        if (endpoint.Manners.Ordered != before) session.QueueOperation(new Reorder(endpoint.Id, endpoint.Manners.Ordered));
        if (endpoint.Enabled && !wasEnabled) session.QueueOperation(new Forgive(endpoint.Id));
        await session.SaveChangesAsync(ct);
        return Etag.Ok(EndpointResponse.Of(endpoint, vault), endpoint);
    }
}
