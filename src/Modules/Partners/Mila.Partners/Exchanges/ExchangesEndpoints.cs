using Carter;

namespace Mila.Partners.Exchanges;

internal sealed class ExchangesEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var partner = app.MapGroup("/v1/partners/{partnerId:guid}").WithTags("Partners").RequireScope("partners:write");
        partner.MapGet("/exchange-balance", ReadExchangeBalance.Handle).WithName(nameof(ReadExchangeBalance)).RequireScope("partners:read").ProducesProblems(404);

        var exchanges = app.MapGroup("/v1/partners/{partnerId:guid}/exchanges").WithTags("Partners").RequireScope("partners:write");
        exchanges.MapList("/", ListExchanges.Handle, ListExchanges.Definition).WithName(nameof(ListExchanges)).RequireScope("partners:read").ProducesProblems(404);
        exchanges.MapPost<ExchangeRequest>("/", RecordExchange.Handle).WithName(nameof(RecordExchange)).ProducesProblems(404);
        exchanges.MapGet("/{exchangeId:guid}", ReadExchange.Handle).WithName(nameof(ReadExchange)).RequireScope("partners:read").ProducesProblems(404);
        exchanges.MapMergePatch("/{exchangeId:guid}", ChangeExchange.Handle).WithName(nameof(ChangeExchange));
        exchanges.MapDelete("/{exchangeId:guid}", StrikeExchange.Handle).WithName(nameof(StrikeExchange)).ProducesProblems(404, 412, 428);
    }
}
