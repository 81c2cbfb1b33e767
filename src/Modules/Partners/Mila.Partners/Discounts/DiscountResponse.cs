using Mila.BuildingBlocks.Values;

namespace Mila.Partners.Discounts;

/// <summary>A discount as the API shows it, without any code; its members mean what they mean in <see cref="DiscountRequest"/>.</summary>
internal sealed record DiscountResponse(
    Guid Id, string Partner, Guid? PartnerId, string Offer, DiscountCategory Category, LocalizedText? Conditions, CodeKind Codes, DiscountLimits Limits, bool ShowsCompany, string? Url,
    DateOnly? StartsOn, DateOnly? EndsOn, DateTimeOffset UpdatedAt)
{
    public static DiscountResponse Of(Discount d) =>
        new(d.Id, d.Terms.Partner, d.Terms.PartnerId, d.Terms.Offer, d.Terms.Category, d.Terms.Conditions, d.Terms.Codes, d.Terms.Limits, d.Terms.ShowsCompany, d.Terms.Url, d.Terms.StartsOn,
            d.Terms.EndsOn, d.UpdatedAt);
}
