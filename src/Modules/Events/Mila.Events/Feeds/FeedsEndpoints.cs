using Carter;

namespace Mila.Events.Feeds;

internal sealed class FeedsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var feeds = app.MapGroup("/feeds").WithTags("Public agenda").Public().NotLimited();
        feeds.MapGet("/events.json", ServeFeed.AllAsJson).WithName("ReadEventsAsJsonFeed").Feed(FeedFormat.Json);
        feeds.MapGet("/events.ics", ServeFeed.AllAsCalendar).WithName("ReadEventsAsCalendar").Feed(FeedFormat.Ics);
        feeds.MapGet("/events.atom", ServeFeed.AllAsAtom).WithName("ReadEventsAsAtom").Feed(FeedFormat.Atom);
        feeds.MapGet("/events.rss", ServeFeed.AllAsRss).WithName("ReadEventsAsRss").Feed(FeedFormat.Rss);
        feeds.MapGet("/events.csv", ServeFeed.AllAsCsv).WithName("ReadEventsAsCsv").Feed(FeedFormat.Csv);
        feeds.MapGet("/programmes/{code}/events.json", ServeFeed.ProgrammeAsJson).WithName("ReadProgrammeAsJsonFeed").Feed(FeedFormat.Json);
        feeds.MapGet("/programmes/{code}/events.ics", ServeFeed.ProgrammeAsCalendar).WithName("ReadProgrammeAsCalendar").Feed(FeedFormat.Ics);
        feeds.MapGet("/programmes/{code}/events.atom", ServeFeed.ProgrammeAsAtom).WithName("ReadProgrammeAsAtom").Feed(FeedFormat.Atom);
        feeds.MapGet("/programmes/{code}/events.rss", ServeFeed.ProgrammeAsRss).WithName("ReadProgrammeAsRss").Feed(FeedFormat.Rss);
        feeds.MapGet("/programmes/{code}/events.csv", ServeFeed.ProgrammeAsCsv).WithName("ReadProgrammeAsCsv").Feed(FeedFormat.Csv);
        app.MapGroup("/agenda").WithTags("Public agenda").Public().NotLimited().MapGet("/{slug}/event.ics", ServeFeed.EventAsCalendar).WithName("ReadEventAsCalendar").Feed(FeedFormat.Ics);
    }
}

/// <summary>What all feeds answer.</summary>
internal static class FeedRouting
{
    public static RouteHandlerBuilder Feed(this RouteHandlerBuilder route, FeedFormat format) => route.Produces(200, contentType: format.MediaType).Produces(304).ProducesProblems(400, 404);
}
