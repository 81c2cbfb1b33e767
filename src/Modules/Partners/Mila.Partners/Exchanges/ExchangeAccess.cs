namespace Mila.Partners.Exchanges;

/// <summary>An exchange is reached through its partner, and by a partner's key only its own.</summary>
internal static class ExchangeAccess
{
    internal static async Task<InKind?> LoadExchangeAsync(this IQuerySession session, Guid partnerId, Guid exchangeId, Caller caller, CancellationToken ct)
    {
        if (caller.IsPartner && caller.PartnerId != partnerId) return null;

        var exchange = await session.LoadAsync<InKind>(exchangeId, ct);
        return exchange?.PartnerId == partnerId ? exchange : null;
    }
}
