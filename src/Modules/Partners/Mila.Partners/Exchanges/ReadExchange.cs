namespace Mila.Partners.Exchanges;

internal static class ReadExchange
{
    /// <summary>Read one thing that was exchanged in kind.</summary>
    internal static async Task<Results<Tagged<ExchangeResponse>, ProblemHttpResult>> Handle(Guid partnerId, Guid exchangeId, Caller caller, IQuerySession session, CancellationToken ct) =>
        await session.LoadExchangeAsync(partnerId, exchangeId, caller, ct) is { } exchange ? Etag.Ok(ExchangeResponse.Of(exchange), exchange) : ExchangeErrors.Unknown.ToProblem();
}
