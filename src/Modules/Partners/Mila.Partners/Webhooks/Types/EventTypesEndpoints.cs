using Carter;

namespace Mila.Partners.Webhooks.Types;

internal sealed class EventTypesEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var types = app.MapGroup("/v1/event-types").WithTags("Webhooks").RequireScope("partners:read");
        types.MapGet("/", ListEventTypes.Handle).WithName(nameof(ListEventTypes));
        types.MapGet("/{type:maxlength(64)}", ReadEventType.Handle).WithName(nameof(ReadEventType)).Produces<object>(200, "application/schema+json").ProducesProblems(404);
    }
}
