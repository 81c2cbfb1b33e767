namespace Mila.Partners.Discounts;

/// <summary>What staff say of a discount.</summary>
/// <param name="Partner">Who offers it, by name, at most 200 characters.</param>
/// <param name="Offer">What is offered, at most 500 characters.</param>
/// <param name="PartnerId">Who offers it, where it is a partner of ours.</param>
/// <param name="PromoCode">What a member says or types, at most 100 characters.</param>
/// <param name="Url">Where, https.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day, included.</param>
internal sealed record DiscountRequest(
    string Partner, string Offer, Guid? PartnerId = null, string? PromoCode = null, string? Url = null, DateOnly? StartsOn = null, DateOnly? EndsOn = null)
{
    public DiscountTerms ToTerms() => new(Partner, PartnerId, Offer, PromoCode, Url, StartsOn, EndsOn);

    /// <summary>What a patch starts from.</summary>
    public static DiscountRequest Of(Discount d) => new(d.Terms.Partner, d.Terms.Offer, d.Terms.PartnerId, d.Terms.PromoCode, d.Terms.Url, d.Terms.StartsOn, d.Terms.EndsOn);

    internal sealed class Validator : AbstractValidator<DiscountRequest>
    {
        public Validator()
        {
            RuleFor(d => d.Partner).NotEmpty().MaximumLength(200);
            RuleFor(d => d.Offer).NotEmpty().MaximumLength(500);
            RuleFor(d => d.PromoCode).MaximumLength(100);
            RuleFor(d => d.Url!).HttpsUrl().When(d => d.Url is not null);
            RuleFor(d => d.StartsOn).WithinReason();
            RuleFor(d => d.EndsOn).WithinReason();
        }
    }
}
