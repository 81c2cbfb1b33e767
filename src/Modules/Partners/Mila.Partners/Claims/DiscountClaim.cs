using System.Text.Json.Serialization;

namespace Mila.Partners.Claims;

/// <summary>A member has asked for a discount and may use it once.</summary>
internal sealed class DiscountClaim : IDocument
{
    [JsonConstructor]
    private DiscountClaim(Guid id, Guid discountId, Guid? partnerId, Guid memberId, string company, string? code, DateTimeOffset claimedAt, DateTimeOffset? redeemedAt, ClaimStatus status, DateTimeOffset updatedAt)
    {
        (Id, DiscountId, PartnerId, MemberId, Company, Code) = (id, discountId, partnerId, memberId, company, code);
        (ClaimedAt, RedeemedAt, Status, UpdatedAt) = (claimedAt, redeemedAt, status, updatedAt);
    }

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid DiscountId { get; }

    /// <summary>The merchant, where it is a partner of ours.</summary>
    public Guid? PartnerId { get; }

    public Guid MemberId { get; }

    /// <summary>Its name then.</summary>
    public string Company { get; }

    /// <summary>What it was given to show; in no list, log or webhook.</summary>
    public string? Code { get; }

    public DateTimeOffset ClaimedAt { get; }

    public DateTimeOffset? RedeemedAt { get; private set; }

    public ClaimStatus Status { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static DiscountClaim Make(Guid id, Discounts.Discount discount, Members.KnownMember member, string? code, DateTimeOffset now) =>
        new(id, discount.Id, discount.Terms.PartnerId, member.Id, member.Name!, code, now, redeemedAt: null, ClaimStatus.Claimed, now);

    /// <summary>What the member shows: where all have the same code, the one of today.</summary>
    public string? CodeOf(Discounts.Discount discount) => discount.Terms.Codes is Discounts.CodeKind.Shared ? discount.Terms.PromoCode : Code;

    public Result Redeem(DateTimeOffset now)
    {
        if (Status is ClaimStatus.Redeemed) return ClaimErrors.Redeemed;

        (Status, RedeemedAt, UpdatedAt) = (ClaimStatus.Redeemed, now, now);
        return Result.Done;
    }
}

/// <summary>How far a claim has come.</summary>
internal enum ClaimStatus
{
    /// <summary>The member has it and has not used it.</summary>
    Claimed,

    /// <summary>The merchant has honoured it.</summary>
    Redeemed,
}
