using Mila.Partners.Partners;

namespace Mila.Partners.FundingPlans;

internal static class DrawFundingPlan
{
    /// <summary>Draw the plan of a year: its budget, and what was promised to whom.</summary>
    internal static async Task<Results<TaggedCreated<FundingPlanResponse>, ProblemHttpResult>> Handle(
        FundingPlanRequest request, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (await session.Query<FundingPlan>().AnyAsync(p => p.Year == request.Year, ct)) return FundingPlanErrors.YearTaken.ToProblem();
        if (!await AreFundersAsync(request, session, ct)) return FundingPlanErrors.UnknownFunder.At("/lines").ToProblem();

        var now = clock.GetUtcNow();
        if (!FundingPlan.Draw(Guid.CreateVersion7(now), request.Year, request.ToTerms(), now).Succeeded(out var plan, out var refusal)) return refusal.ToProblem();

        session.Store(plan);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/funding-plans/{plan.Year}", FundingPlanResponse.Of(plan), plan);
    }

    internal static async Task<bool> AreFundersAsync(FundingPlanRequest request, IQuerySession session, CancellationToken ct)
    {
        var named = (request.Lines ?? []).SelectMany(l => l.FunderIds ?? []).Distinct().ToArray();
        var funders = await session.LoadManyAsync<Partner>(ct, named);
        return funders.Count(f => f.Terms.Kind is PartnerKind.Funder) == named.Length;
    }
}
