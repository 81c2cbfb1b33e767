namespace Mila.Partners.Claims;

internal static class RedeemDiscountClaim
{
    /// <summary>The merchant has honoured a claim. Said by the merchant's own key, or by staff for it.</summary>
    internal static async Task<Results<Tagged<ClaimResponse>, ProblemHttpResult>> Handle(Guid claimId, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var claim = await session.LoadLockedAsync<DiscountClaim>(claimId, ct);
        if (claim is null || await session.LoadAsync<Discounts.Discount>(claim.DiscountId, ct) is not { } discount || (caller.IsPartner && discount.Terms.PartnerId != caller.PartnerId)) return ClaimErrors.Unknown.ToProblem();

        if (!claim.Redeem(clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(claim);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(ClaimResponse.Of(claim, caller.IsPartner, discount.Terms.ShowsCompany), claim);
    }
}
