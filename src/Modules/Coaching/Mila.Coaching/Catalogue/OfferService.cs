namespace Mila.Coaching.Catalogue;

internal static class OfferService
{
    /// <summary>Offer a service, or propose one.</summary>
    internal static async Task<Results<TaggedCreated<ServiceResponse>, ProblemHttpResult>> Handle(ServiceRequest request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.Query<Service>().AnyAsync(s => s.Code == request.Code, ct)) return ServiceErrors.CodeTaken.ToProblem();

        var now = clock.GetUtcNow();
        if (!Service.Offer(Guid.CreateVersion7(now), request.Code, request.ToPlan(), now).Succeeded(out var service, out var refusal)) return refusal.ToProblem();

        session.Store(service);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/coaching/services/{service.Code}", ServiceResponse.Of(service), service);
    }
}
