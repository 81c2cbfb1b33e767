using Carter;
using Mila.BuildingBlocks.Api.RateLimiting;

namespace Mila.Signage.Panels;

internal sealed class PanelsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var panels = app.MapGroup("/v1/panels").WithTags("Signage").RequireScope("signage:write");
        panels.MapList("/", ListPanels.Handle, ListPanels.Definition).WithName(nameof(ListPanels)).RequireScope("signage:read");
        panels.MapPost<PanelRequest>("/", RequestPanel.Handle).WithName(nameof(RequestPanel)).ProducesProblems(409);
        panels.MapGet("/{panelId:guid}", ReadPanel.Handle).WithName(nameof(ReadPanel)).RequireScope("signage:read").ProducesProblems(404);
        panels.MapMergePatch("/{panelId:guid}", ChangePanel.Handle).WithName(nameof(ChangePanel));
        panels.MapPost("/{panelId:guid}/approval", ApprovePanel.Handle).WithName(nameof(ApprovePanel)).ProducesProblems(404, 409);
        panels.MapPost("/{panelId:guid}/authorisation", AuthorisePanel.Handle).WithName(nameof(AuthorisePanel)).ProducesProblems(404, 409);
        panels.MapPost("/{panelId:guid}/fabrication", FabricatePanel.Handle).WithName(nameof(FabricatePanel)).ProducesProblems(404, 409);
        panels.MapPost("/{panelId:guid}/installation", InstallPanel.Handle).WithName(nameof(InstallPanel)).ProducesProblems(404, 409);
        panels.MapPost("/{panelId:guid}/retirement", RetirePanel.Handle).WithName(nameof(RetirePanel)).ProducesProblems(404, 409);

        var codes = app.MapGroup("/q").WithTags("Signage").Public().NotLimited();
        codes.MapGet("/{code}", FollowPanelCode.Handle).WithName(nameof(FollowPanelCode)).Produces(302);
    }
}
