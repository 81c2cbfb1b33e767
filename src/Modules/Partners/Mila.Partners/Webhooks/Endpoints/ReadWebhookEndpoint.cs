using Mila.Partners.Webhooks.Secrets;

namespace Mila.Partners.Webhooks.Endpoints;

internal static class ReadWebhookEndpoint
{
    /// <summary>Read a webhook endpoint.</summary>
    internal static async Task<Results<Tagged<EndpointResponse>, ProblemHttpResult>> Handle(Guid endpointId, Caller caller, SecretVault vault, IQuerySession session, CancellationToken ct)
    {
        var endpoint = await session.LoadEndpointAsync(endpointId, caller, ct);
        return endpoint is null ? EndpointErrors.Unknown.ToProblem() : Etag.Ok(EndpointResponse.Of(endpoint, vault), endpoint);
    }
}
