namespace Mila.Coaching.Catalogue;

internal static class ChangeOffer
{
    /// <summary>Change a service: open it, close it, say it better.</summary>
    internal static async Task<Results<Tagged<OfferResponse>, ProblemHttpResult>> Handle(
        string code, Patch<OfferRequest> patch, IfMatch ifMatch, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var offer = await session.Query<Offer>().FirstOrDefaultAsync(o => o.Code == code, ct);
        if (offer is null) return OfferErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(offer, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(OfferRequest.Of(offer), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.Code != code) return OfferErrors.CodeFixed.At("/code").ToProblem();

        if (!offer.Replan(request.ToPlan(), clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(offer);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(OfferResponse.Of(offer), offer);
    }
}
