using Mila.Partners.Discounts;
using Mila.Partners.Members;
using Mila.Partners.Partners;

namespace Mila.Partners.Claims;

internal static class ClaimDiscount
{
    /// <param name="MemberId">Who wants it.</param>
    internal sealed record Request(Guid MemberId);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.MemberId).NotEmpty();
    }

    /// <summary>A member in good standing claims a discount, and is given the code.</summary>
    internal static async Task<Results<TaggedCreated<ClaimWithCode>, ProblemHttpResult>> Handle(
        Guid discountId, Request request, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var discount = await session.LoadLockedAsync<Discount>(discountId, ct);
        if (discount is null || (caller.IsPartner && discount.Terms.PartnerId != caller.PartnerId)) return DiscountErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();

        var now = clock.GetUtcNow();
        var member = await KnownMember.FindAsync(session, request.MemberId, ct);
        var period = discount.Terms.Limits.PeriodOf(now);
        var claimed = new ClaimedSoFar(
            await session.Query<DiscountClaim>().CountAsync(c => c.DiscountId == discountId, ct),
            await session.Query<DiscountClaim>().CountAsync(c => c.DiscountId == discountId && c.MemberId == request.MemberId, ct),
            await session.Query<DiscountClaim>().CountAsync(c => c.DiscountId == discountId && c.ClaimedAt >= period, ct));
        if (!discount.Allows(member, claimed, now).Succeeded(out var refusal)) return refusal.ToProblem();

        var code = discount.Terms.PromoCode;
        if (discount.Terms.Codes is CodeKind.PerMember)
        {
            var pool = await CodePool.FindAsync(session, discountId, ct);
            code = pool.Take();
            if (code is null) return ClaimErrors.NoCodeLeft.ToProblem();

            session.WriteLocked([pool], p => p.Id, now);
        }

        var claim = DiscountClaim.Make(Guid.CreateVersion7(now), discount, member, code, now);
        session.WriteLocked([claim], c => c.Id, now);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/discount-claims/{claim.Id}", new ClaimWithCode(ClaimResponse.Of(claim, isMerchant: false, showsCompany: true), code, discount.Terms.Url), ClaimResponse.VersionOf(claim, discount, code));
    }
}
