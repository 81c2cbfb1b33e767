using Mila.Partners.Claims;
using Mila.Partners.Partners;

namespace Mila.Partners.Discounts;

internal static class ChangeDiscount
{
    /// <summary>Change a discount.</summary>
    internal static async Task<Results<Tagged<DiscountResponse>, ProblemHttpResult>> Handle(
        Guid discountId, Patch<DiscountRequest> patch, IfMatch ifMatch, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var discount = await session.LoadLockedAsync<Discount>(discountId, ct);
        if (discount is null || (caller.IsPartner && discount.Terms.PartnerId != caller.PartnerId)) return DiscountErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (!ifMatch.Allows(discount, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(DiscountRequest.Of(discount), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.PartnerId is { } partnerId && !await session.Query<Partner>().AnyAsync(p => p.Id == partnerId, ct)) return DiscountErrors.UnknownPartner.At("/partnerId").ToProblem();
        if (request.ToTerms() == discount.Terms) return Etag.Ok(DiscountResponse.Of(discount), discount);
        if (request.ToTerms().Codes != discount.Terms.Codes && await session.Query<DiscountClaim>().AnyAsync(c => c.DiscountId == discountId, ct)) return DiscountErrors.CodesClaimed.ToProblem();

        if (!discount.Change(request.ToTerms(), clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(discount);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(DiscountResponse.Of(discount), discount);
    }
}
