namespace Mila.Partners.Partners;

/// <summary>A partner's key reaches its own record; all others do not exist for it.</summary>
internal static class PartnerAccess
{
    internal static async Task<Partner?> LoadPartnerAsync(this IQuerySession session, Guid partnerId, Caller caller, CancellationToken ct) =>
        caller.IsPartner && caller.PartnerId != partnerId ? null : await session.LoadAsync<Partner>(partnerId, ct);

    /// <summary>The same with its row locked: what is one of a kind to a partner is decided in turn.</summary>
    internal static async Task<Partner?> LockPartnerAsync(this IDocumentSession session, Guid partnerId, Caller caller, CancellationToken ct) =>
        caller.IsPartner && caller.PartnerId != partnerId ? null : await session.LoadLockedAsync<Partner>(partnerId, ct);
}
