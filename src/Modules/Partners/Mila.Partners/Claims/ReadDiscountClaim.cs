using Mila.Partners.Discounts;
using Mila.Partners.Members;

namespace Mila.Partners.Claims;

internal static class ReadDiscountClaim
{
    /// <summary>Read a claim. Its code is shown to who may make claims, while the member is in good standing; never to the merchant.</summary>
    internal static async Task<Results<Tagged<ClaimWithCode>, ProblemHttpResult>> Handle(Guid claimId, Caller caller, IQuerySession session, CancellationToken ct)
    {
        var claim = await session.LoadAsync<DiscountClaim>(claimId, ct);
        if (claim is null || await session.LoadAsync<Discount>(claim.DiscountId, ct) is not { } discount || (caller.IsPartner && discount.Terms.PartnerId != caller.PartnerId)) return ClaimErrors.Unknown.ToProblem();

        var member = await KnownMember.FindAsync(session, claim.MemberId, ct);
        var code = !caller.IsPartner && caller.Has(Scopes.PartnersWrite) && member.Belongs ? claim.CodeOf(discount) : null;
        var shown = new ClaimWithCode(ClaimResponse.Of(claim, caller.IsPartner, discount.Terms.ShowsCompany), code, discount.Terms.Url);
        return Etag.Ok(shown, ClaimResponse.VersionOf(claim, discount, code));
    }
}
