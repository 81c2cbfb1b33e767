using Mila.Partners.Webhooks.Secrets;
using Mila.Partners.Webhooks.Signing;

namespace Mila.Partners.Webhooks.Endpoints;

internal static class ReadWebhookSecret
{
    /// <summary>What a receiver verifies signatures with.</summary>
    /// <param name="Secret"><c>whsec_…</c> for <c>v1</c>; for <c>v1a</c> the public key <c>whpk_…</c>, since the private one never leaves.</param>
    internal sealed record Response(string Secret);

    /// <summary>Read the secret of a webhook endpoint.</summary>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid endpointId, Caller caller, SecretVault vault, IQuerySession session, CancellationToken ct)
    {
        var endpoint = await session.LoadEndpointAsync(endpointId, caller, ct);
        if (endpoint is null) return EndpointErrors.Unknown.ToProblem();

        return vault.TryUnseal(endpoint.Id, endpoint.Secrets[0].Box) is { } secret ? TypedResults.Ok(new Response(WebhookKey.Parse(secret)!.Verifier)) : EndpointErrors.SecretSealed.ToProblem();
    }
}
