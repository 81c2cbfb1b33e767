using Carter;

namespace Mila.Coaching.Catalogue;

internal sealed class ServicesEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var services = app.MapGroup("/v1/coaching/services").WithTags("Coaching").RequireScope("coaching:write");
        services.MapList("/", ListServices.Handle, ListServices.Definition).WithName(nameof(ListServices)).RequireScope("coaching:read");
        services.MapPost<ServiceRequest>("/", OfferService.Handle).WithName(nameof(OfferService)).ProducesProblems(409);
        services.MapGet("/{code}", ReadService.Handle).WithName(nameof(ReadService)).RequireScope("coaching:read").ProducesProblems(404);
        services.MapMergePatch("/{code}", ChangeService.Handle).WithName(nameof(ChangeService));
    }
}
