using Mila.BuildingBlocks.Values;

namespace Mila.Partners.FundingPlans;

/// <summary>A year's plan as the API shows it; its members mean what they mean in <see cref="FundingPlanRequest"/>.</summary>
internal sealed record FundingPlanResponse(
    Guid Id, int Year, Money Budget, decimal? OwnResourcesPercent, decimal? SelfFinancedPercent, Money? OwnResourcesReceived, IReadOnlyList<FundingPlanRequest.Line> Lines, DateTimeOffset UpdatedAt)
{
    public static FundingPlanResponse Of(FundingPlan p) =>
        new(p.Id, p.Year, p.Terms.Budget, p.Terms.OwnResourcesPercent, p.Terms.SelfFinancedPercent, p.Terms.OwnResourcesReceived, [.. p.Terms.Lines.Select(FundingPlanRequest.Line.Of)], p.UpdatedAt);
}
