using Mila.Partners.Partners;

namespace Mila.Partners.Discounts;

internal static class ReadDiscountCodes
{
    /// <summary>Read how the codes of a discount stand. The one place where a shared code is shown to staff; those of a pool are shown by the claims that got them.</summary>
    internal static async Task<Results<Ok<AddDiscountCodes.Response>, ProblemHttpResult>> Handle(Guid discountId, Caller caller, IQuerySession session, CancellationToken ct)
    {
        var discount = await session.LoadAsync<Discount>(discountId, ct);
        if (discount is null || (caller.IsPartner && discount.Terms.PartnerId != caller.PartnerId)) return DiscountErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();

        var pool = await CodePool.FindAsync(session, discountId, ct);
        return TypedResults.Ok(new AddDiscountCodes.Response(discount.Terms.Codes, discount.Terms.PromoCode, pool.Free.Count, pool.Given));
    }
}
