using Microsoft.Extensions.Options;
using Mila.Partners.Partners;
using Mila.Partners.Webhooks.Guard;
using Mila.Partners.Webhooks.Secrets;
using Mila.Partners.Webhooks.Signing;

namespace Mila.Partners.Webhooks.Endpoints;

internal static class OpenWebhookEndpoint
{
    /// <summary>Open a webhook endpoint. Its secret is drawn here and read at its own address. A partner has 200 of them at most, unless the operator says otherwise.</summary>
    internal static async Task<Results<TaggedCreated<EndpointResponse>, ProblemHttpResult>> Handle(
        EndpointRequest request, Caller caller, AllowedNetworks networks, SecretVault vault, IDocumentSession session, IOptions<WebhookOptions> options, TimeProvider clock, CancellationToken ct)
    {
        if (caller.IsPartner && request.PartnerId is not null && request.PartnerId != caller.PartnerId) return EndpointErrors.UnknownPartner.At("/partnerId").ToProblem();
        var partnerId = caller.PartnerId ?? request.PartnerId;
        if (WebhookUrl.Accept(request.Url, networks) is not { } url) return EndpointErrors.UrlRefused.At("/url").ToProblem();
        if (await session.HasUnknownChannelAsync(request.Channels ?? [], caller, ct)) return EndpointErrors.UnknownChannel.At("/channels").ToProblem();
        if (partnerId is { } owner)
        {
            // Under the partner's row lock: who opens another at the same time waits, and then counts this one too.
            if (await session.LoadLockedAsync<Partner>(owner, ct) is null) return EndpointErrors.UnknownPartner.At("/partnerId").ToProblem();
            if (await session.Query<WebhookEndpoint>().CountAsync(e => e.PartnerId == owner, ct) >= options.Value.EndpointsPerPartner) return EndpointErrors.TooMany.ToProblem();
        }

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var endpoint = WebhookEndpoint.Open(id, partnerId, request.ToTerms(url), request.Algorithm, vault.Seal(id, WebhookKey.Generate(request.Algorithm).Secret), now);
        session.Store(endpoint);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/webhook-endpoints/{endpoint.Id}", EndpointResponse.Of(endpoint, vault), endpoint);
    }
}
