using Carter;

namespace Mila.Partners.Claims;

internal sealed class ClaimsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var discounts = app.MapGroup("/v1/discounts/{discountId:guid}").WithTags("Partners").RequireScope("partners:write");
        discounts.MapPost<ClaimDiscount.Request>("/claims", ClaimDiscount.Handle).WithName(nameof(ClaimDiscount)).ProducesProblems(404, 409);
        discounts.MapList("/claims", ListDiscountClaims.Handle, ListDiscountClaims.Definition).WithName(nameof(ListDiscountClaims)).RequireScope("partners:read").ProducesProblems(404);
        discounts.MapPost<RedeemDiscountCode.Request>("/redemptions", RedeemDiscountCode.Handle).WithName(nameof(RedeemDiscountCode)).ProducesProblems(404, 409);

        var claims = app.MapGroup("/v1/discount-claims/{claimId:guid}").WithTags("Partners").RequireScope("partners:write");
        claims.MapGet("/", ReadDiscountClaim.Handle).WithName(nameof(ReadDiscountClaim)).RequireScope("partners:read").ProducesProblems(404);
        claims.MapPost("/redemption", RedeemDiscountClaim.Handle).WithName(nameof(RedeemDiscountClaim)).ProducesProblems(404, 409);
    }
}
