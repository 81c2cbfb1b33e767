namespace Mila.Partners.FundingPlans;

internal static class ChangeFundingPlan
{
    /// <summary>Change the plan of a year; its lines are said anew, all of them.</summary>
    internal static async Task<Results<Tagged<FundingPlanResponse>, ProblemHttpResult>> Handle(
        int year, Patch<FundingPlanRequest> patch, IfMatch ifMatch, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var plan = await session.Query<FundingPlan>().FirstOrDefaultAsync(p => p.Year == year, ct);
        if (plan is null || caller.IsPartner) return FundingPlanErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(plan, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(FundingPlanRequest.Of(plan), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.Year != plan.Year) return FundingPlanErrors.YearFixed.At("/year").ToProblem();
        if (!await DrawFundingPlan.AreFundersAsync(request, plan.Terms.Lines.SelectMany(l => l.FunderIds), session, ct)) return FundingPlanErrors.UnknownFunder.At("/lines").ToProblem();

        if (!plan.Change(request.ToTerms(), clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(plan);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(FundingPlanResponse.Of(plan), plan);
    }
}
