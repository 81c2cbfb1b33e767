using Carter;

namespace Mila.Events.Feeds;

internal sealed class FeedsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var feeds = app.MapGroup("/feeds").WithTags("Public agenda").Public().NotLimited();
        feeds.MapGet("/events.json", ServeFeed.AllAsJson).WithName("ReadEventsAsJsonFeed").Produces(200, contentType: "application/feed+json");
        feeds.MapGet("/events.ics", ServeFeed.AllAsCalendar).WithName("ReadEventsAsCalendar").Produces(200, contentType: "text/calendar");
        feeds.MapGet("/programmes/{code}/events.json", ServeFeed.ProgrammeAsJson).WithName("ReadProgrammeAsJsonFeed").Produces(200, contentType: "application/feed+json").ProducesProblems(404);
        feeds.MapGet("/programmes/{code}/events.ics", ServeFeed.ProgrammeAsCalendar).WithName("ReadProgrammeAsCalendar").Produces(200, contentType: "text/calendar").ProducesProblems(404);

        var pages = app.MapGroup("/agenda").WithTags("Public agenda").Public().NotLimited();
        pages.MapGet("/", AgendaPages.ListAsync).WithName("ReadAgendaPage").Produces(200, contentType: "text/html");
        pages.MapGet("/{slug}", AgendaPages.EventAsync).WithName("ReadAgendaEventPage").Produces(200, contentType: "text/html").ProducesProblems(404);
    }
}
