using System.Linq.Expressions;
using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Partners.Partners;

internal static class ListPartners
{
    internal static readonly ListOf<Partner> Definition = Searching(p => p.Terms.Name, p => p.Terms.Note);

    // Staff's note is not for the partner, so what it asks for is not looked for there either.
    private static readonly ListOf<Partner> s_ofItself = Searching(p => p.Terms.Name);

    /// <summary>List the partners. A partner's key sees its own.</summary>
    internal static Task<Results<Ok<Page<PartnerResponse>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, IQuerySession session, CancellationToken ct) =>
        (caller.IsPartner ? s_ofItself : Definition).AnswerAsync(list, session, p => PartnerResponse.Of(p, caller), ct, caller.PartnerId is { } own ? [(p => p.Id, own.ToString())] : []);

    private static ListOf<Partner> Searching(params Expression<Func<Partner, string?>>[] words) => new ListOf<Partner>()
        .Sort("code", p => p.Code)
        .Sort("updatedAt", p => p.UpdatedAt)
        .Filter("kind", p => p.Terms.Kind)
        .Filter("code", p => p.Code)
        .Search("q", words)
        .UpdatedSince(p => p.UpdatedAt);
}
