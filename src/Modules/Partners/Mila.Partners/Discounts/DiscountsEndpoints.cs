using Carter;

namespace Mila.Partners.Discounts;

internal sealed class DiscountsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var discounts = app.MapGroup("/v1/discounts").WithTags("Partners").RequireScope("partners:write");
        discounts.MapList("/", ListDiscounts.Handle, ListDiscounts.Definition).WithName(nameof(ListDiscounts)).RequireScope("partners:read");
        discounts.MapPost<DiscountRequest>("/", NegotiateDiscount.Handle).WithName(nameof(NegotiateDiscount));
        discounts.MapGet("/{discountId:guid}", ReadDiscount.Handle).WithName(nameof(ReadDiscount)).RequireScope("partners:read").ProducesProblems(404);
        discounts.MapMergePatch("/{discountId:guid}", ChangeDiscount.Handle).WithName(nameof(ChangeDiscount));
        discounts.MapGet("/{discountId:guid}/codes", ReadDiscountCodes.Handle).WithName(nameof(ReadDiscountCodes)).ProducesProblems(404);
        discounts.MapPost<AddDiscountCodes.Request>("/{discountId:guid}/codes", AddDiscountCodes.Handle).WithName(nameof(AddDiscountCodes)).ProducesProblems(404, 409);
    }
}
