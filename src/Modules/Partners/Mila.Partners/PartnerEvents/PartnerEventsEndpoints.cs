using Carter;

namespace Mila.Partners.PartnerEvents;

internal sealed class PartnerEventsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var events = app.MapGroup("/v1/partners/{partnerId:guid}/events").WithTags("Partners").RequireScope("partners:write");
        events.MapList("/", ListPartnerEvents.Handle, ListPartnerEvents.Definition).WithName(nameof(ListPartnerEvents)).RequireScope("partners:read").ProducesProblems(404);
        events.MapPut<PartnerEventRequest>("/{externalId}", PushPartnerEvent.Handle).WithName(nameof(PushPartnerEvent)).ProducesProblems(404, 409, 412);
        events.MapGet("/{externalId}", ReadPartnerEvent.Handle).WithName(nameof(ReadPartnerEvent)).RequireScope("partners:read").ProducesProblems(404, 410);
        events.MapDelete("/{externalId}", WithdrawPartnerEvent.Handle).WithName(nameof(WithdrawPartnerEvent)).ProducesProblems(404, 410, 412, 428);
    }
}
