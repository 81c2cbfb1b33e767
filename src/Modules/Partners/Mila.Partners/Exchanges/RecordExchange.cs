using Mila.Partners.Partners;

namespace Mila.Partners.Exchanges;

internal static class RecordExchange
{
    /// <summary>Keep what was given to a partner, or received from it, in kind.</summary>
    internal static async Task<Results<TaggedCreated<ExchangeResponse>, ProblemHttpResult>> Handle(
        Guid partnerId, ExchangeRequest request, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LoadPartnerAsync(partnerId, caller, ct) is null) return PartnerErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();

        var now = clock.GetUtcNow();
        var exchange = InKind.Record(Guid.CreateVersion7(now), partnerId, request.ToTerms(), now);
        session.Store(exchange);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/partners/{partnerId}/exchanges/{exchange.Id}", ExchangeResponse.Of(exchange), exchange);
    }
}
