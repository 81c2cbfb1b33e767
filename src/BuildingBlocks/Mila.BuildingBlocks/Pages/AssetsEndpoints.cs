using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Security;

namespace Mila.BuildingBlocks.Pages;

internal sealed class AssetsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app.MapGet(Stylesheet.Path, Stylesheet.ServeAsync).WithMetadata(new ExcludeFromDescriptionAttribute()).Public().NotLimited();
}
