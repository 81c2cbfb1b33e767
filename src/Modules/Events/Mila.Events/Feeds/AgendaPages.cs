using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Net.Http.Headers;
using Mila.BuildingBlocks.Results;
using Mila.Events.Agenda;

namespace Mila.Events.Feeds;

/// <summary>The agenda as plain pages: no script, no cookie, no third party.</summary>
internal static class AgendaPages
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly HtmlEncoder Html = HtmlEncoder.Default;

    /// <summary>The agenda as a page.</summary>
    internal static async Task<IResult> ListAsync(HttpContext context, PublicAgenda agenda)
    {
        var edition = await agenda.EditionAsync(context.RequestAborted);
        var language = LanguageOf(context);
        var body = new StringBuilder();
        body.Append("<h1>Agenda</h1>");
        var upcoming = edition.Events.Where(e => e.When is not When.Scheduled s || s.EndsAt >= edition.At.AddDays(-1)).ToList();
        if (upcoming.Count == 0) body.Append(language == "en" ? "<p>Nothing is announced yet.</p>" : "<p>Rien n'est encore annoncé.</p>");
        else body.Append("<ul class=\"events\">");
        foreach (var e in upcoming) body.Append("<li>").Append(Card(e, edition, language)).Append("</li>");
        if (upcoming.Count > 0) body.Append("</ul>");
        body.Append("<p><a href=\"/feeds/events.ics\">iCalendar</a> · <a href=\"/feeds/events.json\">JSON Feed</a></p>");
        return Page(context, language, "Agenda", body);
    }

    /// <summary>One event as a page.</summary>
    internal static async Task<IResult> EventAsync(string slug, HttpContext context, PublicAgenda agenda)
    {
        var edition = await agenda.EditionAsync(context.RequestAborted);
        if (edition.Find(slug) is not { } e) return EventErrors.Unknown.ToProblem();

        var language = LanguageOf(context);
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<p><a href=\"/agenda\">Agenda</a></p><h1>{Html.Encode(e.Texts.Title.In(language))}</h1>");
        if (e.Status is EventStatus.Cancelled) body.Append(CultureInfo.InvariantCulture, $"<p class=\"cancelled\"><strong>{(language == "en" ? "Cancelled" : "Annulé")}</strong> {Html.Encode(e.Cancellation!.Reason.In(language))}</p>");
        body.Append(CultureInfo.InvariantCulture, $"<p>{Time(e, language)}</p>");
        if (e.Venue?.Name is not null || e.Venue?.Address is not null) body.Append(CultureInfo.InvariantCulture, $"<p>{Html.Encode(string.Join(", ", new[] { e.Venue.Name, e.Venue.Address }.OfType<string>()))}</p>");
        if (e.Texts.Summary is { } summary)
        {
            foreach (var paragraph in summary.In(language).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)) body.Append(CultureInfo.InvariantCulture, $"<p>{Html.Encode(paragraph)}</p>");
        }

        return Page(context, language, e.Texts.Title.In(language), body);
    }

    private static string Card(Event e, AgendaEdition edition, string language)
    {
        var programme = edition.Programmes.TryGetValue(e.Programme, out var p) ? p.Plan.Label : e.Programme;
        var cancelled = e.Status is EventStatus.Cancelled ? $"<strong class=\"cancelled\">{(language == "en" ? "Cancelled" : "Annulé")}</strong> " : "";
        return $"<h2>{cancelled}<a href=\"/agenda/{e.Slug}\">{Html.Encode(e.Texts.Title.In(language))}</a></h2><p>{Time(e, language)}</p><p>{Html.Encode(programme)}</p>";
    }

    private static string Time(Event e, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "fr-FR");
        if (e.When is not When.Scheduled s)
        {
            var month = e.When is When.InMonth m ? DateOnly.ParseExact(m.Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("MMMM yyyy", culture) : "";
            return Html.Encode(language == "en" ? $"{month}, date to be confirmed" : $"{month}, date à confirmer");
        }

        var (start, end) = (TimeZoneInfo.ConvertTime(s.StartsAt, Paris), TimeZoneInfo.ConvertTime(s.EndsAt, Paris));
        var pattern = language == "en" ? "dddd d MMMM yyyy, HH:mm" : "dddd d MMMM yyyy, HH'h'mm";
        var until = start.Date == end.Date ? end.ToString(language == "en" ? "HH:mm" : "HH'h'mm", culture) : end.ToString(pattern, culture);
        return $"<time datetime=\"{s.StartsAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\">{Html.Encode(start.ToString(pattern, culture))}</time> – {Html.Encode(until)}";
    }

    private static string LanguageOf(HttpContext context) =>
        context.Request.Query["lang"] is [("fr" or "en") and { } asked] ? asked : Languages.Preferred(context.Request, otherwise: "fr");

    private static IResult Page(HttpContext context, string language, string title, StringBuilder body)
    {
        context.Response.Headers[HeaderNames.ContentLanguage] = language;
        context.Response.Headers.CacheControl = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";
        context.Response.Headers.Vary = "Accept-Language";
        var (otherCode, other) = language == "en" ? ("fr", "Français") : ("en", "English");
        return TypedResults.Text($$"""
            <!DOCTYPE html>
            <html lang="{{language}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{Html.Encode(title)}} – MILA</title>
            <link rel="stylesheet" href="/assets/mila.css">
            <link rel="alternate" type="text/calendar" href="/feeds/events.ics" title="MILA">
            <link rel="alternate" type="application/feed+json" href="/feeds/events.json" title="MILA">
            </head>
            <body>
            <header><p class="brand">MILA</p><nav aria-label="{{(language == "en" ? "Language" : "Langue")}}"><a href="?lang={{otherCode}}" hreflang="{{otherCode}}" lang="{{otherCode}}">{{other}}</a></nav></header>
            <main>{{body}}</main>
            </body>
            </html>
            """, "text/html; charset=utf-8");
    }
}
