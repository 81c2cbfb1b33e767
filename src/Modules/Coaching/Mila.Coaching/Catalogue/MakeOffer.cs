namespace Mila.Coaching.Catalogue;

internal static class MakeOffer
{
    /// <summary>Offer a service, or propose one.</summary>
    internal static async Task<Results<TaggedCreated<OfferResponse>, ProblemHttpResult>> Handle(OfferRequest request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.Query<Offer>().AnyAsync(o => o.Code == request.Code, ct)) return OfferErrors.CodeTaken.ToProblem();

        var now = clock.GetUtcNow();
        if (!Offer.Make(Guid.CreateVersion7(now), request.Code, request.ToPlan(), now).Succeeded(out var offer, out var refusal)) return refusal.ToProblem();

        session.Store(offer);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/coaching/services/{offer.Code}", OfferResponse.Of(offer), offer);
    }
}
