using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Partners.Partners;

internal static class ListPartners
{
    internal static readonly ListOf<Partner> Definition = new ListOf<Partner>()
        .Sort("code", p => p.Code)
        .Sort("updatedAt", p => p.UpdatedAt)
        .Filter("kind", p => p.Terms.Kind)
        .Filter("code", p => p.Code)
        .Search("q", p => p.Terms.Name, p => p.Terms.Note)
        .UpdatedSince(p => p.UpdatedAt);

    /// <summary>List the partners. A partner's key sees its own.</summary>
    internal static Task<Results<Ok<Page<PartnerResponse>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, p => PartnerResponse.Of(p, caller), ct, caller.PartnerId is { } own ? [(p => p.Id, own.ToString())] : []);
}
