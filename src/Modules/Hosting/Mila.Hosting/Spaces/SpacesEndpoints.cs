using Carter;

namespace Mila.Hosting.Spaces;

internal sealed class SpacesEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var spaces = app.MapGroup("/v1/spaces").WithTags("Hosting").RequireScope("hosting:write");
        spaces.MapList("/", ListSpaces.Handle, ListSpaces.Definition).WithName(nameof(ListSpaces)).RequireScope("hosting:read");
        spaces.MapPost<SpaceRequest>("/", OpenSpace.Handle).WithName(nameof(OpenSpace)).ProducesProblems(409);
        spaces.MapGet("/{code}", ReadSpace.Handle).WithName(nameof(ReadSpace)).RequireScope("hosting:read").ProducesProblems(404);
        spaces.MapMergePatch("/{code}", ChangeSpace.Handle).WithName(nameof(ChangeSpace));
    }
}
