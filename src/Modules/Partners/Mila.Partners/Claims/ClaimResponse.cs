namespace Mila.Partners.Claims;

/// <summary>A claim as lists show it, without its code.</summary>
/// <param name="Id">Of the claim; what a member shows where all have the same code.</param>
/// <param name="DiscountId">Of which discount.</param>
/// <param name="MemberId">Who claimed; null for the merchant.</param>
/// <param name="Company">The member's name then; for the merchant only where the discount shows it.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="ClaimedAt">When.</param>
/// <param name="RedeemedAt">When the merchant honoured it.</param>
/// <param name="UpdatedAt">When it changed last.</param>
internal sealed record ClaimResponse(Guid Id, Guid DiscountId, Guid? MemberId, string? Company, ClaimStatus Status, DateTimeOffset ClaimedAt, DateTimeOffset? RedeemedAt, DateTimeOffset UpdatedAt)
{
    public static ClaimResponse Of(DiscountClaim c, bool isMerchant, bool showsCompany) =>
        new(c.Id, c.DiscountId, isMerchant ? null : c.MemberId, isMerchant && !showsCompany ? null : c.Company, c.Status, c.ClaimedAt, c.RedeemedAt, c.UpdatedAt);

    /// <summary>Of a claim as it is shown with its code: what the discount says is part of it, and so is whether the member may see it.</summary>
    public static Guid VersionOf(DiscountClaim claim, Discounts.Discount discount, string? code) => Etag.Mixed(claim.Version, discount.Version.GetHashCode(), code is null ? 1 : 0);
}

/// <summary>A claim with what the member shows.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Code">What to show or type; null where there is nothing to show, and while the member is not in good standing.</param>
/// <param name="Url">Where, if online.</param>
internal sealed record ClaimWithCode(ClaimResponse Claim, string? Code, string? Url);
