namespace Mila.Partners.Discounts;

internal static class ReadDiscount
{
    /// <summary>Read a discount.</summary>
    internal static async Task<Results<Tagged<DiscountResponse>, ProblemHttpResult>> Handle(Guid discountId, Caller caller, IQuerySession session, CancellationToken ct)
    {
        var discount = await session.LoadAsync<Discount>(discountId, ct);
        return discount is null || (caller.IsPartner && discount.Terms.PartnerId != caller.PartnerId) ? DiscountErrors.Unknown.ToProblem() : Etag.Ok(DiscountResponse.Of(discount), discount);
    }
}
