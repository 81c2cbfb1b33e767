namespace Mila.Partners.Agreements;

/// <summary>An agreement is reached through its partner, and by a partner's key only its own.</summary>
internal static class AgreementAccess
{
    internal static async Task<Agreement?> LoadAgreementAsync(this IQuerySession session, Guid partnerId, Guid agreementId, Caller caller, CancellationToken ct)
    {
        if (caller.IsPartner && caller.PartnerId != partnerId) return null;

        var agreement = await session.LoadAsync<Agreement>(agreementId, ct);
        return agreement?.PartnerId == partnerId ? agreement : null;
    }

    /// <summary>All agreements with a partner, of every kind and day.</summary>
    internal static Task<IReadOnlyList<Agreement>> AgreementsAsync(this IQuerySession session, Guid partnerId, CancellationToken ct) =>
        session.Query<Agreement>().Where(a => a.PartnerId == partnerId).ToListAsync(ct);
}
