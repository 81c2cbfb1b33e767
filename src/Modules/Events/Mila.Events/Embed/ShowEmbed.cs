using Mila.BuildingBlocks.Results;
using Mila.Events.Agenda;
using Mila.Events.Feeds;

namespace Mila.Events.Embed;

internal static class ShowEmbed
{
    /// <summary>What comes next, as a page to put in a frame.</summary>
    /// <param name="context">The request.</param>
    /// <param name="query">Which events.</param>
    /// <param name="agenda">The agenda.</param>
    /// <param name="limit">How many at most, 1 to 100.</param>
    /// <param name="event">Slug of the only event to show.</param>
    internal static async Task<IResult> Frame(HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda, int? limit = null, string? @event = null)
    {
        var edition = @event is { Length: > 0 } ? await agenda.EditionOfAsync(@event, context.RequestAborted) : await agenda.EditionAsync(context.RequestAborted);
        if (!query.Read(edition, Languages.Preferred(context.Request, otherwise: "fr")).Succeeded(out var filter, out var refusal)) return refusal.ToProblem();
        if (limit is < 1 or > EmbedPage.Most) return FeedErrors.At("limit", "out-of-range", Languages.Say($"From 1 to {EmbedPage.Most}.", $"De 1 à {EmbedPage.Most}.")).ToProblem();
        if (@event is { Length: > 0 } && edition.Find(@event) is null) return EventErrors.Unknown.ToProblem();

        context.Response.Headers.ContentLanguage = filter.Language;
        await (await edition.GetAsync(new EmbedPage(filter with { Event = @event is { Length: > 0 } ? @event : null }, limit ?? EmbedPage.Usual))).WriteAsync(context);
        return TypedResults.Empty;
    }
}
