namespace Mila.Partners.Webhooks.Endpoints;

internal static class CloseWebhookEndpoint
{
    /// <summary>Close a webhook endpoint. What still waited for it is not sent.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid endpointId, IfMatch ifMatch, Caller caller, IDocumentSession session, CancellationToken ct)
    {
        var endpoint = await session.LoadEndpointAsync(endpointId, caller, ct);
        if (endpoint is null) return EndpointErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(endpoint, out var stale)) return stale;

        session.Delete(endpoint);
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
