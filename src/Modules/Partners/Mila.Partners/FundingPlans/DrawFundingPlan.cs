using Mila.Partners.Partners;

namespace Mila.Partners.FundingPlans;

internal static class DrawFundingPlan
{
    /// <summary>Draw the plan of a year: its budget, and what was promised to whom.</summary>
    internal static async Task<Results<TaggedCreated<FundingPlanResponse>, ProblemHttpResult>> Handle(
        FundingPlanRequest request, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (!await AreFundersAsync(request, [], session, ct)) return FundingPlanErrors.UnknownFunder.At("/lines").ToProblem();
        if (await session.Query<FundingPlan>().AnyAsync(p => p.Year == request.Year, ct)) return FundingPlanErrors.YearTaken.ToProblem();

        var now = clock.GetUtcNow();
        if (!FundingPlan.Draw(Guid.CreateVersion7(now), request.Year, request.ToTerms(), now).Succeeded(out var plan, out var refusal)) return refusal.ToProblem();

        session.Store(plan);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/funding-plans/{plan.Year}", FundingPlanResponse.Of(plan), plan);
    }

    /// <param name="request">What is asked.</param>
    /// <param name="known">Those whom the plan names already: they stay, however the partner is called by now.</param>
    /// <param name="session">Where partners are.</param>
    /// <param name="ct">Stops the query.</param>
    internal static async Task<bool> AreFundersAsync(FundingPlanRequest request, IEnumerable<Guid> known, IQuerySession session, CancellationToken ct)
    {
        var named = (request.Lines ?? []).SelectMany(l => l.FunderIds ?? []).Except(known).ToArray();
        var funders = await session.LoadManyAsync<Partner>(ct, named);
        return funders.Count(f => f.Terms.Kind is PartnerKind.Funder) == named.Length;
    }
}
