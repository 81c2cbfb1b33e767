using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Partners.Discounts;

internal static class ListDiscounts
{
    internal static readonly ListOf<Discount> Definition = new ListOf<Discount>()
        .Sort("partner", d => d.Terms.Partner)
        .Sort("updatedAt", d => d.UpdatedAt)
        .Filter("partnerId", d => d.Terms.PartnerId)
        .Filter("category", d => d.Terms.Category)
        .Search("q", d => d.Terms.Partner, d => d.Terms.Offer)
        .On("validOn", d => d.Terms.StartsOn, d => d.Terms.EndsOn)
        .UpdatedSince(d => d.UpdatedAt);

    /// <summary>List the discounts. A partner's key sees its own.</summary>
    internal static Task<Results<Ok<Page<DiscountResponse>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, DiscountResponse.Of, ct, caller.PartnerId is { } own ? [(d => d.Terms.PartnerId, own.ToString())] : []);
}
