using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Partners.Grants;

internal static class ListGrants
{
    internal static readonly ListOf<Grant> Definition = new ListOf<Grant>()
        .Sort("year", g => g.Terms.Year)
        .Sort("updatedAt", g => g.UpdatedAt)
        .Filter("funderId", g => g.Terms.FunderId)
        .Filter("year", g => g.Terms.Year)
        .Filter("status", g => g.Terms.Status)
        .UpdatedSince(g => g.UpdatedAt);

    /// <summary>List the grants. A funder's key sees its own.</summary>
    internal static Task<Results<Ok<Page<GrantResponse>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, GrantResponse.Of, ct, caller.PartnerId is { } own ? [(g => g.Terms.FunderId, own.ToString())] : []);
}
