using Mila.Partners.Partners;
using Mila.Partners.Webhooks.Guard;
using Mila.Partners.Webhooks.Secrets;
using Mila.Partners.Webhooks.Signing;

namespace Mila.Partners.Webhooks.Endpoints;

internal static class OpenWebhookEndpoint
{
    /// <summary>Open a webhook endpoint. Its secret is drawn here and read at its own address.</summary>
    internal static async Task<Results<TaggedCreated<EndpointResponse>, ProblemHttpResult>> Handle(
        EndpointRequest request, Caller caller, AllowedNetworks networks, SecretVault vault, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (caller.IsPartner && request.PartnerId is not null && request.PartnerId != caller.PartnerId) return EndpointErrors.UnknownPartner.At("/partnerId").ToProblem();
        var partnerId = caller.PartnerId ?? request.PartnerId;
        if (partnerId is { } owner && !await session.Query<Partner>().AnyAsync(p => p.Id == owner, ct)) return EndpointErrors.UnknownPartner.At("/partnerId").ToProblem();
        if (WebhookUrl.Accept(request.Url, networks) is not { } url) return EndpointErrors.UrlRefused.At("/url").ToProblem();

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var endpoint = WebhookEndpoint.Open(id, partnerId, request.ToTerms(url), request.Algorithm, vault.Seal(id, WebhookKey.Generate(request.Algorithm).Secret), now);
        session.Store(endpoint);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/webhook-endpoints/{endpoint.Id}", EndpointResponse.Of(endpoint), endpoint);
    }
}
