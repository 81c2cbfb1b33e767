using Microsoft.Net.Http.Headers;
using Mila.BuildingBlocks.Api.Headers;
using Mila.BuildingBlocks.Results;
using Mila.Events.Agenda;
using Mila.Events.Feeds;

namespace Mila.Events.Pages;

internal static class ShowAgenda
{
    /// <summary>The agenda as a page, in the language of <c>lang</c> or else of the reader.</summary>
    internal static async Task<IResult> All(HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda)
    {
        var edition = await agenda.EditionAsync(context.RequestAborted);
        if (!query.Read(edition, Languages.Preferred(context.Request, otherwise: "fr")).Succeeded(out var filter, out var refusal)) return refusal.ToProblem();

        // Whoever imports from The Events Calendar asks a page first whether it has that shape, and where.
        context.Response.Headers["X-TEC-API-VERSION"] = "v1";
        context.Response.Headers["X-TEC-API-ROOT"] = edition.Site.Url("/wp-json/tribe/events/v1/");
        context.Response.Headers["X-TEC-API-ORIGIN"] = edition.Site.Origin;
        return await AnswerAsync(context, edition, new AgendaPage(filter), filter.Language);
    }

    /// <summary>One event as a page, in the language of <c>lang</c> or else of the reader.</summary>
    internal static async Task<IResult> One(string slug, HttpContext context, [AsParameters] AgendaQuery query, PublicAgenda agenda)
    {
        var edition = await agenda.EditionOfAsync(slug, context.RequestAborted);
        if (edition.Find(slug) is not { } found) return EventErrors.Unknown.ToProblem();

        if (edition.Site.OriginShown(found.Image?.Url) is { } origin) context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy.PageShowing(origin);
        var language = query.LanguageOr(Languages.Preferred(context.Request, otherwise: "fr"));
        return await AnswerAsync(context, edition, new EventPage(slug, language), language);
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, AgendaEdition edition, AgendaForm form, string language)
    {
        context.Response.Headers[HeaderNames.ContentLanguage] = language;
        await (await edition.GetAsync(form)).WriteAsync(context);
        return TypedResults.Empty;
    }
}
