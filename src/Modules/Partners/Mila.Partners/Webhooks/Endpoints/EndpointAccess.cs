using Mila.Partners.Partners;

namespace Mila.Partners.Webhooks.Endpoints;

/// <summary>A partner's key reaches its own endpoints; all others do not exist for it.</summary>
internal static class EndpointAccess
{
    internal static async Task<WebhookEndpoint?> LoadEndpointAsync(this IQuerySession session, Guid endpointId, Caller caller, CancellationToken ct)
    {
        var endpoint = await session.LoadAsync<WebhookEndpoint>(endpointId, ct);
        return endpoint is null || (caller.IsPartner && endpoint.PartnerId != caller.PartnerId) ? null : endpoint;
    }

    /// <summary>True when one of these channels is of a partner that does not exist: nothing would ever be told on it. A partner's key may not learn which others there are, and is not told.</summary>
    internal static async Task<bool> HasUnknownChannelAsync(this IQuerySession session, IEnumerable<string> channels, Caller caller, CancellationToken ct)
    {
        string[] codes = [.. channels.Where(c => c.StartsWith(Channels.OfPartner(""), StringComparison.Ordinal)).Select(c => c[Channels.OfPartner("").Length..]).Distinct(StringComparer.Ordinal)];
        return codes.Length > 0 && !caller.IsPartner && await session.Query<Partner>().CountAsync(p => p.Code.IsOneOf(codes), ct) < codes.Length;
    }
}
