using Carter;

namespace Mila.Events.Pages;

internal sealed class PagesEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/agenda").WithTags("Public agenda").Public().NotLimited();
        pages.MapGet("/", ShowAgenda.All).WithName("ReadAgendaPage").Produces(200, contentType: "text/html").Produces(304).ProducesProblems(400, 404);
        pages.MapGet("/{slug}", ShowAgenda.One).WithName("ReadAgendaEventPage").Produces(200, contentType: "text/html").Produces(304).ProducesProblems(404);
    }
}
