using Mila.BuildingBlocks.Api.Lists;
using Mila.Partners.Discounts;

namespace Mila.Partners.Claims;

internal static class ListDiscountClaims
{
    internal static readonly ListOf<DiscountClaim> Definition = new ListOf<DiscountClaim>()
        .Sort("claimedAt", c => c.ClaimedAt)
        .Sort("updatedAt", c => c.UpdatedAt)
        .Filter("status", c => c.Status)
        .UpdatedSince(c => c.UpdatedAt);

    /// <summary>List the claims of a discount, without codes. The merchant's key sees when and whether they were honoured, and no member's data.</summary>
    internal static async Task<Results<Ok<Page<ClaimResponse>>, ProblemHttpResult>> Handle(Guid discountId, ListRequest list, Caller caller, IQuerySession session, CancellationToken ct)
    {
        var discount = await session.LoadAsync<Discount>(discountId, ct);
        if (discount is null || (caller.IsPartner && discount.Terms.PartnerId != caller.PartnerId)) return DiscountErrors.Unknown.ToProblem();

        return await Definition.AnswerAsync(list, session, c => ClaimResponse.Of(c, caller.IsPartner, discount.Terms.ShowsCompany), ct, (c => c.DiscountId, discountId.ToString()));
    }
}
