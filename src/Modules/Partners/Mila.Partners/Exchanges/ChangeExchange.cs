using Mila.Partners.Partners;

namespace Mila.Partners.Exchanges;

internal static class ChangeExchange
{
    /// <summary>Change what is said of an exchange in kind.</summary>
    internal static async Task<Results<Tagged<ExchangeResponse>, ProblemHttpResult>> Handle(
        Guid partnerId, Guid exchangeId, Patch<ExchangeRequest> patch, IfMatch ifMatch, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LoadExchangeAsync(partnerId, exchangeId, caller, ct) is not { } exchange) return ExchangeErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (!ifMatch.Allows(exchange, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(ExchangeRequest.Of(exchange), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (!exchange.Change(request.ToTerms(), clock.GetUtcNow())) return Etag.Ok(ExchangeResponse.Of(exchange), exchange);

        session.Store(exchange);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(ExchangeResponse.Of(exchange), exchange);
    }
}
