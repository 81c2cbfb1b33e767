using Mila.Partners.Discounts;

namespace Mila.Partners.Claims;

internal static class RedeemDiscountCode
{
    /// <param name="Code">What the member has shown; in the body, because addresses are logged.</param>
    internal sealed record Request(string Code);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Code).NotEmpty().MaximumLength(100);
    }

    /// <summary>The merchant has honoured the code that a member showed, out of a pool. Said by the merchant's own key, or by staff for it.</summary>
    internal static async Task<Results<Tagged<ClaimResponse>, ProblemHttpResult>> Handle(
        Guid discountId, Request request, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var discount = await session.LoadLockedAsync<Discount>(discountId, ct);
        if (discount is null || (caller.IsPartner && discount.Terms.PartnerId != caller.PartnerId)) return DiscountErrors.Unknown.ToProblem();
        if (discount.Terms.Codes is not CodeKind.PerMember) return ClaimErrors.CodeIsShared.ToProblem();

        var claim = await session.Query<DiscountClaim>().FirstOrDefaultAsync(c => c.DiscountId == discountId && c.Code == request.Code, ct);
        if (claim is null) return ClaimErrors.UnknownCode.At("/code").ToProblem();
        if (!claim.Redeem(clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(claim);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(ClaimResponse.Of(claim, caller.IsPartner, discount.Terms.ShowsCompany), claim);
    }
}
