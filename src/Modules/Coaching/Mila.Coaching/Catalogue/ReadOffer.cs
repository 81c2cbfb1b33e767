namespace Mila.Coaching.Catalogue;

internal static class ReadOffer
{
    /// <summary>Read a service.</summary>
    internal static async Task<Results<Tagged<OfferResponse>, ProblemHttpResult>> Handle(string code, IQuerySession session, CancellationToken ct)
    {
        var offer = await session.Query<Offer>().FirstOrDefaultAsync(o => o.Code == code, ct);
        return offer is null ? OfferErrors.Unknown.ToProblem() : Etag.Ok(OfferResponse.Of(offer), offer);
    }
}
