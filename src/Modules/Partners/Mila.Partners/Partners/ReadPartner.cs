namespace Mila.Partners.Partners;

internal static class ReadPartner
{
    /// <summary>Read a partner.</summary>
    internal static async Task<Results<Tagged<PartnerResponse>, ProblemHttpResult>> Handle(Guid partnerId, Caller caller, IQuerySession session, CancellationToken ct)
    {
        var partner = caller.IsPartner && caller.PartnerId != partnerId ? null : await session.LoadAsync<Partner>(partnerId, ct);
        return partner is null ? PartnerErrors.Unknown.ToProblem() : Etag.Ok(PartnerResponse.Of(partner, caller), partner);
    }
}
