using Mila.Partners.Webhooks.Endpoints;
using Mila.Partners.Webhooks.Secrets;
using Mila.Partners.Webhooks.Signing;

namespace Mila.Partners.Webhooks.Delivery;

/// <summary>An endpoint, ready to be sent to.</summary>
internal sealed record Destination(Guid Version, Uri Url, PayloadForm Payload, Manners Manners, IReadOnlyList<(WebhookKey Key, DateTimeOffset? RetiresAt)> Secrets)
{
    /// <summary>The keys that sign now, the newest first.</summary>
    internal IReadOnlyList<WebhookKey> KeysAt(DateTimeOffset now) => Secrets is [var (only, _)] ? [only] : [.. Secrets.Where(s => s.RetiresAt is null || s.RetiresAt > now).Select(s => s.Key)];
}

/// <summary>The endpoints with their secrets opened, kept as long as their version is the one that the claim saw.</summary>
internal sealed class Destinations(IDocumentStore store, SecretVault vault)
{
    private readonly Dictionary<Guid, Destination> _known = [];

    /// <summary>The destination as the claim saw it or newer; null when it is gone or its secret cannot be opened.</summary>
    internal Destination? Find(Guid endpointId) => _known.GetValueOrDefault(endpointId);

    /// <summary>Read those whose version changed.</summary>
    internal async Task RefreshAsync(IEnumerable<Claim> claims, CancellationToken ct)
    {
        var changed = claims.Where(c => _known.GetValueOrDefault(c.EndpointId)?.Version != c.EndpointVersion).Select(c => c.EndpointId).Distinct().ToArray();
        if (changed.Length == 0) return;

        await using var session = store.QuerySession();
        foreach (var id in changed) _known.Remove(id);
        foreach (var endpoint in await session.LoadManyAsync<WebhookEndpoint>(ct, changed))
        {
            if (Open(endpoint) is { } destination) _known[endpoint.Id] = destination;
        }
    }

    private Destination? Open(WebhookEndpoint endpoint)
    {
        // A box that was sealed with a key that is lost stays shut: the secrets after it still sign.
        var secrets = endpoint.Secrets.Select(s => (Key: KeyIn(endpoint.Id, s.Box), s.RetiresAt)).Where(s => s.Key is not null).Select(s => (s.Key!, s.RetiresAt)).ToArray();
        return secrets.Length == 0 ? null : new Destination(endpoint.Version, new Uri(endpoint.Url), endpoint.Payload, endpoint.Manners, secrets);
    }

    private WebhookKey? KeyIn(Guid endpointId, string box) => vault.TryUnseal(endpointId, box) is { } secret ? WebhookKey.Parse(secret) : null;
}
