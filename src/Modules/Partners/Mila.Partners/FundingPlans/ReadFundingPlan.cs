namespace Mila.Partners.FundingPlans;

internal static class ReadFundingPlan
{
    /// <summary>Read the plan of a year.</summary>
    internal static async Task<Results<Tagged<FundingPlanResponse>, ProblemHttpResult>> Handle(int year, Caller caller, IQuerySession session, CancellationToken ct)
    {
        var plan = caller.IsPartner ? null : await session.Query<FundingPlan>().FirstOrDefaultAsync(p => p.Year == year, ct);
        return plan is null ? FundingPlanErrors.Unknown.ToProblem() : Etag.Ok(FundingPlanResponse.Of(plan), plan);
    }
}
