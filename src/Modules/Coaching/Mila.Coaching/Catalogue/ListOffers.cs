using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Coaching.Catalogue;

internal static class ListOffers
{
    internal static readonly ListOf<Offer> Definition = new ListOf<Offer>()
        .Sort("code", o => o.Code)
        .Sort("updatedAt", o => o.UpdatedAt)
        .Filter("kind", o => o.Kind)
        .Filter("status", o => o.Status)
        .UpdatedSince(o => o.UpdatedAt);

    /// <summary>List the services.</summary>
    internal static Task<Results<Ok<Page<OfferResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, OfferResponse.Of, ct);
}
