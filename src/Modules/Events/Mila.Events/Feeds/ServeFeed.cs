namespace Mila.Events.Feeds;

/// <summary>The five formats. Each has an operation of its own, so that the contract names its media type.</summary>
internal static class ServeFeed
{
    /// <summary>Every public event, or those that the filter takes, as JSON Feed 1.1.</summary>
    internal static Task<IResult> AllAsJson(HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda) => AnswerAsync(context, query, agenda, FeedFormat.Json);

    /// <summary>Every public event that has a day, or those of them that the filter takes, as iCalendar in UTC.</summary>
    internal static Task<IResult> AllAsCalendar(HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda) => AnswerAsync(context, query, agenda, FeedFormat.Ics);

    /// <summary>Every public event, or those that the filter takes, as Atom.</summary>
    internal static Task<IResult> AllAsAtom(HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda) => AnswerAsync(context, query, agenda, FeedFormat.Atom);

    /// <summary>Every public event, or those that the filter takes, as RSS 2.0.</summary>
    internal static Task<IResult> AllAsRss(HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda) => AnswerAsync(context, query, agenda, FeedFormat.Rss);

    /// <summary>Every public event, or those that the filter takes, as CSV.</summary>
    internal static Task<IResult> AllAsCsv(HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda) => AnswerAsync(context, query, agenda, FeedFormat.Csv);

    /// <summary>A programme's public events as JSON Feed 1.1.</summary>
    internal static Task<IResult> ProgrammeAsJson(string code, HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda) => AnswerAsync(context, query, agenda, FeedFormat.Json, code);

    /// <summary>A programme's public events that have a day, as iCalendar in UTC.</summary>
    internal static Task<IResult> ProgrammeAsCalendar(string code, HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda) => AnswerAsync(context, query, agenda, FeedFormat.Ics, code);

    /// <summary>A programme's public events as Atom.</summary>
    internal static Task<IResult> ProgrammeAsAtom(string code, HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda) => AnswerAsync(context, query, agenda, FeedFormat.Atom, code);

    /// <summary>A programme's public events as RSS 2.0.</summary>
    internal static Task<IResult> ProgrammeAsRss(string code, HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda) => AnswerAsync(context, query, agenda, FeedFormat.Rss, code);

    /// <summary>A programme's public events as CSV.</summary>
    internal static Task<IResult> ProgrammeAsCsv(string code, HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda) => AnswerAsync(context, query, agenda, FeedFormat.Csv, code);

    /// <summary>One event as iCalendar, for whoever wants no more than that in their calendar.</summary>
    internal static async Task<IResult> EventAsCalendar(string slug, HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda)
    {
        var edition = await agenda.EditionOfAsync(slug, context.RequestAborted);
        if (edition.Find(slug) is null) return Agenda.EventErrors.Unknown.ToProblem();
        if (!query.Read(edition).Succeeded(out var filter, out var refusal)) return refusal.ToProblem();

        await (await edition.GetAsync(new FeedForm(FeedFormat.Ics, filter with { Event = slug }))).WriteAsync(context);
        return TypedResults.Empty;
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, AgendaQuery query, PublicAgenda agenda, FeedFormat format, string? programme = null)
    {
        var edition = await agenda.EditionAsync(context.RequestAborted);
        if (programme is not null) query.Programme = programme;
        if (!query.Read(edition).Succeeded(out var filter, out var refusal)) return refusal.ToProblem();

        var bytes = await edition.GetAsync(new FeedForm(format, filter, programme is not null));
        context.Features.Set(bytes);
        await bytes.WriteAsync(context);
        return TypedResults.Empty;
    }
}
