using Mila.Events.Programmes;

namespace Mila.Events.Feeds;

internal static class ServeFeed
{
    /// <summary>Every public event as JSON Feed 1.1.</summary>
    internal static async Task AllAsJson(HttpContext context, PublicAgenda agenda) => await (await agenda.EditionAsync(context.RequestAborted)).All.Json.WriteAsync(context);

    /// <summary>Every public event that has a day, as iCalendar.</summary>
    internal static async Task AllAsCalendar(HttpContext context, PublicAgenda agenda) => await (await agenda.EditionAsync(context.RequestAborted)).All.Ics.WriteAsync(context);

    /// <summary>A programme's public events as JSON Feed 1.1.</summary>
    internal static Task<IResult> ProgrammeAsJson(string code, HttpContext context, PublicAgenda agenda) => ProgrammeAsync(code, f => f.Json, context, agenda);

    /// <summary>A programme's public events that have a day, as iCalendar.</summary>
    internal static Task<IResult> ProgrammeAsCalendar(string code, HttpContext context, PublicAgenda agenda) => ProgrammeAsync(code, f => f.Ics, context, agenda);

    private static async Task<IResult> ProgrammeAsync(string code, Func<FeedSet, FeedBytes> format, HttpContext context, PublicAgenda agenda)
    {
        if ((await agenda.EditionAsync(context.RequestAborted)).OfProgramme(code) is not { } feeds) return ProgrammeErrors.Unknown.ToProblem();

        await format(feeds).WriteAsync(context);
        return TypedResults.Empty;
    }
}
