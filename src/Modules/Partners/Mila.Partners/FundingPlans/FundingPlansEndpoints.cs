using Carter;

namespace Mila.Partners.FundingPlans;

internal sealed class FundingPlansEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var plans = app.MapGroup("/v1/funding-plans").WithTags("Partners").RequireScope("partners:write");
        plans.MapList("/", ListFundingPlans.Handle, ListFundingPlans.Definition).WithName(nameof(ListFundingPlans)).RequireScope("partners:read");
        plans.MapPost<FundingPlanRequest>("/", DrawFundingPlan.Handle).WithName(nameof(DrawFundingPlan)).ProducesProblems(409);
        plans.MapGet("/{year:int}", ReadFundingPlan.Handle).WithName(nameof(ReadFundingPlan)).RequireScope("partners:read").ProducesProblems(404);
        plans.MapMergePatch("/{year:int}", ChangeFundingPlan.Handle).WithName(nameof(ChangeFundingPlan));
    }
}
