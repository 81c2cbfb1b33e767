using Mila.BuildingBlocks.Api.Lists;
using Mila.Partners.Partners;

namespace Mila.Partners.FundingPlans;

internal static class ListFundingPlans
{
    internal static readonly ListOf<FundingPlan> Definition = new ListOf<FundingPlan>().Sort("year", p => p.Year).Sort("updatedAt", p => p.UpdatedAt).UpdatedSince(p => p.UpdatedAt);

    /// <summary>List the plans. For staff; a funder reads its report.</summary>
    internal static async Task<Results<Ok<Page<FundingPlanResponse>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, IQuerySession session, CancellationToken ct) =>
        caller.IsPartner ? PartnerErrors.StaffOnly.ToProblem() : await Definition.AnswerAsync(list, session, FundingPlanResponse.Of, ct);
}
