using Carter;
using Mila.BuildingBlocks.Api.OpenApi;

namespace Mila.Events.Importers;

internal sealed class ImportersEndpoints : ICarterModule
{
    private const string OpenAgendaExample = """
        {"total": 1, "events": [{"uid": 1684300800, "slug": "club-mila-janvier", "title": {"fr": "Club MILA", "en": "Club MILA"},
          "timezone": "Europe/Paris", "timings": [{"begin": "2027-01-18T19:00:00+01:00", "end": "2027-01-18T21:00:00+01:00"}]}]}
        """;

    private const string EntryExample = """
        {"id": 1684300800, "slug": "club-mila-janvier", "title": "Club MILA", "start_date": "2027-01-18 19:00:00", "end_date": "2027-01-18 21:00:00",
          "utc_start_date": "2027-01-18 18:00:00", "timezone": "Europe/Paris"}
        """;

    private const string EventsCalendarExample = "{\"events\": [" + EntryExample + "], \"total\": 1, \"total_pages\": 1}";

    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var importers = app.MapGroup("").WithTags("Public agenda").Public().NotLimited();
        Shape(importers.MapGet("/feeds/openagenda/events.v2.json", ServeImporters.OpenAgenda), "ReadEventsAsOpenAgenda", OpenAgendaExample);
        Shape(importers.MapGet(EventsCalendarForm.Path, ServeImporters.EventsCalendar), "ReadEventsAsEventsCalendar", EventsCalendarExample);
        Shape(importers.MapGet(EventsCalendarForm.Path + "/{number:long}", ServeImporters.EventsCalendarEntry), "ReadEventAsEventsCalendar", EntryExample);
    }

    private static void Shape(RouteHandlerBuilder route, string name, string example) =>
        route.WithName(name).Produces(200, contentType: "application/json").Example(example).Produces(304).ProducesProblems(400, 404);
}
