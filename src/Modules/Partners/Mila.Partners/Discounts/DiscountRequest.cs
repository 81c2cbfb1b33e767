using Mila.BuildingBlocks.Values;

namespace Mila.Partners.Discounts;

/// <summary>What staff say of a discount.</summary>
/// <param name="Partner">Who offers it, by name, at most 200 characters.</param>
/// <param name="Offer">What is offered, at most 500 characters.</param>
/// <param name="PartnerId">Who offers it, where it is a partner of ours: its key sees the claims and redeems them.</param>
/// <param name="PromoCode">The shared code, at most 100 characters; with it alone, <paramref name="Codes"/> is <c>shared</c>. Read at <c>/v1/discounts/{id}/codes</c> and nowhere else.</param>
/// <param name="Url">Where, https.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day, included.</param>
/// <param name="Category">Where in the catalogue it stands.</param>
/// <param name="Conditions">Under which conditions, at most 1 000 characters a language.</param>
/// <param name="Codes">What a member is given to show.</param>
/// <param name="Limits">How many may be had.</param>
/// <param name="ShowsCompany">Whether the merchant has to know which company claims: then its key sees the company's name.</param>
internal sealed record DiscountRequest(
    string Partner, string Offer, Guid? PartnerId = null, string? PromoCode = null, string? Url = null, DateOnly? StartsOn = null, DateOnly? EndsOn = null,
    DiscountCategory Category = DiscountCategory.Other, LocalizedText? Conditions = null, CodeKind? Codes = null, DiscountLimits? Limits = null, bool ShowsCompany = false)
{
    public DiscountTerms ToTerms() =>
        new(Partner, PartnerId, Offer, PromoCode, Url, StartsOn, EndsOn, Category, Conditions, Codes ?? (PromoCode is null ? CodeKind.None : CodeKind.Shared), Limits ?? new DiscountLimits(), ShowsCompany);

    /// <summary>What a patch starts from. A shared code says by itself how codes are given, so that taking it away is enough.</summary>
    public static DiscountRequest Of(Discount d) =>
        new(d.Terms.Partner, d.Terms.Offer, d.Terms.PartnerId, d.Terms.PromoCode, d.Terms.Url, d.Terms.StartsOn, d.Terms.EndsOn, d.Terms.Category, d.Terms.Conditions,
            d.Terms.Codes is CodeKind.PerMember ? CodeKind.PerMember : null, d.Terms.Limits, d.Terms.ShowsCompany);

    internal sealed class Validator : AbstractValidator<DiscountRequest>
    {
        private const int MostClaims = 1_000_000;

        public Validator()
        {
            RuleFor(d => d.Partner).NotEmpty().MaximumLength(200);
            RuleFor(d => d.Offer).NotEmpty().MaximumLength(500);
            RuleFor(d => d.PromoCode).MaximumLength(100);
            RuleFor(d => d.Url!).HttpsUrl().When(d => d.Url is not null);
            RuleFor(d => d.StartsOn).WithinReason();
            RuleFor(d => d.EndsOn).WithinReason();
            RuleFor(d => d.Category).IsInEnum();
            RuleFor(d => d.Conditions!).Text(1, 1000).When(d => d.Conditions is not null);
            RuleFor(d => d.Codes).IsInEnum();
            RuleFor(d => d.Limits!).ChildRules(limits =>
            {
                limits.RuleFor(l => l.Total).InclusiveBetween(1, MostClaims);
                limits.RuleFor(l => l.PerMember).InclusiveBetween(1, MostClaims);
                limits.RuleFor(l => l.PerPeriod).InclusiveBetween(1, MostClaims);
                limits.RuleFor(l => l.Period).IsInEnum();
            }).When(d => d.Limits is not null);
        }
    }
}
