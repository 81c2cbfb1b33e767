using Carter;
using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Partners.Webhooks.Changes;

internal sealed class ChangesEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGroup("/v1/changes").WithTags("Webhooks").RequireScope("partners:read").MapStream("/", ListChanges.Handle, ListChanges.Stream).WithName(nameof(ListChanges)).ProducesProblems(410);
}
