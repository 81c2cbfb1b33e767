using Mila.BuildingBlocks.Api.Lists;
using Mila.Partners.Partners;

namespace Mila.Partners.Exchanges;

internal static class ListExchanges
{
    internal static readonly ListOf<InKind> Definition = new ListOf<InKind>()
        .Sort("on", e => e.Terms.On)
        .Sort("updatedAt", e => e.UpdatedAt)
        .Filter("side", e => e.Terms.Side)
        .From("from", e => e.Terms.On)
        .Until("to", e => e.Terms.On)
        .UpdatedSince(e => e.UpdatedAt);

    /// <summary>List what was exchanged in kind with a partner.</summary>
    internal static async Task<Results<Ok<Page<ExchangeResponse>>, ProblemHttpResult>> Handle(Guid partnerId, ListRequest list, Caller caller, IQuerySession session, CancellationToken ct) =>
        await session.LoadPartnerAsync(partnerId, caller, ct) is null
            ? PartnerErrors.Unknown.ToProblem()
            : await Definition.AnswerAsync(list, session, ExchangeResponse.Of, ct, (e => e.PartnerId, partnerId.ToString()));
}
