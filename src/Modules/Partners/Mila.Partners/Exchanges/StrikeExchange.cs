using Mila.Partners.Partners;

namespace Mila.Partners.Exchanges;

internal static class StrikeExchange
{
    /// <summary>Strike an exchange in kind that did not take place.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid partnerId, Guid exchangeId, IfMatch ifMatch, Caller caller, IDocumentSession session, CancellationToken ct)
    {
        if (await session.LoadExchangeAsync(partnerId, exchangeId, caller, ct) is not { } exchange) return ExchangeErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (!ifMatch.Allows(exchange, out var stale)) return stale;

        session.Delete(exchange);
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
