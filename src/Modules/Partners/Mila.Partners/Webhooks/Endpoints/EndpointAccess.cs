namespace Mila.Partners.Webhooks.Endpoints;

/// <summary>A partner's key reaches its own endpoints; all others do not exist for it.</summary>
internal static class EndpointAccess
{
    internal static async Task<WebhookEndpoint?> LoadEndpointAsync(this IQuerySession session, Guid endpointId, Caller caller, CancellationToken ct)
    {
        var endpoint = await session.LoadAsync<WebhookEndpoint>(endpointId, ct);
        return endpoint is null || (caller.IsPartner && endpoint.PartnerId != caller.PartnerId) ? null : endpoint;
    }
}
