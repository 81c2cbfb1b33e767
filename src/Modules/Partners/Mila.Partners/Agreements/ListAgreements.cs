using Mila.BuildingBlocks.Api.Lists;
using Mila.Partners.Partners;

namespace Mila.Partners.Agreements;

internal static class ListAgreements
{
    internal static readonly ListOf<Agreement> Definition = new ListOf<Agreement>()
        .Sort("startsOn", a => a.StartsOn)
        .Sort("updatedAt", a => a.UpdatedAt)
        .Filter("kind", a => a.Kind)
        .Filter("direction", a => a.Terms.Direction)
        .UpdatedSince(a => a.UpdatedAt);

    /// <summary>List the agreements with a partner.</summary>
    internal static async Task<Results<Ok<Page<AgreementResponse>>, ProblemHttpResult>> Handle(
        Guid partnerId, ListRequest list, Caller caller, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
        await session.LoadPartnerAsync(partnerId, caller, ct) is null
            ? PartnerErrors.Unknown.ToProblem()
            : await Definition.AnswerAsync(list, session, a => AgreementResponse.Of(a, clock.GetUtcNow()), ct, (a => a.PartnerId, partnerId.ToString()));
}
