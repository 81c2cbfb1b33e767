using Carter;

namespace Mila.Events.Networks;

internal sealed class NetworksEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGroup("/v1/events/{eventId:guid}/allotments").WithTags("Registrations").RequireScope("events:read").MapGet("/", ReadAllotments.Handle).WithName(nameof(ReadAllotments)).ProducesProblems(404);
}
