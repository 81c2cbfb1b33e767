using Carter;

namespace Mila.Events.Importers;

internal sealed class ImportersEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var importers = app.MapGroup("").WithTags("Public agenda").Public().NotLimited();
        importers.MapGet("/feeds/openagenda/events.v2.json", ServeImporters.OpenAgenda).WithName("ReadEventsAsOpenAgenda").Produces(200, contentType: "application/json").Produces(304).ProducesProblems(400, 404);
        importers.MapGet(EventsCalendarForm.Path, ServeImporters.EventsCalendar).WithName("ReadEventsAsEventsCalendar").Produces(200, contentType: "application/json").Produces(304).ProducesProblems(400, 404);
        importers.MapGet(EventsCalendarForm.Path + "/{number:long}", ServeImporters.EventsCalendarEntry).WithName("ReadEventAsEventsCalendar").Produces(200, contentType: "application/json").Produces(304).ProducesProblems(404);
    }
}
