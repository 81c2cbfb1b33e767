using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Values;
using Mila.Events.Feeds;
using Mila.Events.Letters;
using Mila.Events.Pages;
using Mila.Events.PublicForm;

namespace Mila.Events.Calls.Pages;

/// <summary>The calls for artists as pages.</summary>
internal static class CallPages
{
    private const string Caching = "public, max-age=60";

    /// <summary>The calls for artists, those that are open first, as a page.</summary>
    internal static async Task<IResult> ShowAllAsync(HttpContext context, IQuerySession session, AgendaSite site, TimeProvider clock, CancellationToken ct)
    {
        var wording = Wording.Of(PersonalPage.LanguageOf(context.Request));
        var calls = await PublicCall.AllAsync(session, clock.GetUtcNow(), ct);
        var title = wording.Say("Appels à artistes", "Calls for artists");
        var html = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<h1>{title}</h1>\n");
        Section(html, "open", wording.Say("Ouverts", "Open"), calls.Where(c => c.Status is CallStatus.Open).Reverse(), wording);
        Section(html, "soon", wording.Say("À venir", "Soon"), calls.Where(c => c.Status is CallStatus.Scheduled).Reverse(), wording);
        Section(html, "past", wording.Say("Clos", "Closed"), calls.Where(c => c.Status is not (CallStatus.Open or CallStatus.Scheduled)), wording);
        if (calls.Count == 0) html.Append(CultureInfo.InvariantCulture, $"<p class=\"nothing\">{wording.Say("Aucun appel pour l'instant.", "No call at the moment.")}</p>\n");

        await AnswerAsync(context, wording, html, new AgendaDocument(site, wording, title, "/calls", "") { IsEmbeddable = false, Summary = wording.Say("Les appels à artistes de MILA.", "MILA's calls for artists.") });
        return TypedResults.Empty;
    }

    /// <summary>One call for artists as a page: its terms, how to take part, and who is selected once that is announced.</summary>
    internal static async Task<IResult> ShowOneAsync(string slug, HttpContext context, IQuerySession session, AgendaSite site, TimeProvider clock, CancellationToken ct)
    {
        if (await PublicCall.FindAsync(session, slug, clock.GetUtcNow(), ct) is not { } found) return CallErrors.Unknown.ToProblem();

        var wording = Wording.Of(PersonalPage.LanguageOf(context.Request));
        var (plan, inLanguage) = (found.Call.Plan, wording.Language == "en" ? "?lang=en" : "");
        var title = Plain.Line(plan.Title.In(wording.Language));
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<nav class=\"trail\" aria-label=\"{wording.Say("Fil d'Ariane", "Breadcrumb")}\"><ol><li><a href=\"/calls{inLanguage}\">{wording.Say("Appels à artistes", "Calls for artists")}</a></li></ol></nav>\n");
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"event full\">\n<h1{EventCards.Language(plan.Title, wording)}>{AgendaDocument.Text(title)}</h1>\n");
        if (found.Call.Cancellation is { } reason) html.Append(CultureInfo.InvariantCulture, $"<p class=\"notice cancelled\"><strong>{wording.Say("Annulé", "Cancelled")}</strong> <span{EventCards.Language(reason, wording)}>{AgendaDocument.Text(Plain.Line(reason.In(wording.Language)))}</span></p>\n");
        Result(html, found, wording);
        html.Append("<dl class=\"facts\">\n");
        Fact(wording.Say("État", "State"), StateOf(found.Status, wording));
        Fact(wording.Say("Ouverture", "Opens"), Instant(plan.OpensAt, wording));
        Fact(wording.Say("Clôture", "Closes"), $"{Instant(plan.ClosesAt, wording)} <span class=\"zone\">({wording.Say("heure de Paris", "Paris time")})</span>");
        Fact(wording.Say("Places", "Places"), plan.Places.ToString(CultureInfo.InvariantCulture));
        html.Append(CultureInfo.InvariantCulture, $"</dl>\n<div class=\"description\"{EventCards.Language(plan.Text, wording)}>{Description.Html(plan.Text.In(wording.Language), site.Url("/calls"))}</div>\n");
        Criteria(html, plan, wording);
        if (found.Status is CallStatus.Open) html.Append(CultureInfo.InvariantCulture, $"<p class=\"actions\"><a class=\"button\" href=\"{found.Path}/submission{inLanguage}\">{wording.Say("Envoyer une candidature", "Send a submission")}</a></p>\n");
        html.Append("</article>\n");

        var summary = Description.Text(plan.Text.In(wording.Language)).Replace('\n', ' ');
        await AnswerAsync(context, wording, html, new AgendaDocument(site, wording, title, found.Path, "") { IsEmbeddable = false, Kind = "article", Summary = summary.Length > 200 ? string.Concat(summary.EnumerateRunes().Take(199)) + "…" : summary });
        return TypedResults.Empty;

        void Fact(string name, string value) => html.Append(CultureInfo.InvariantCulture, $"<div><dt>{name}</dt><dd>{value}</dd></div>\n");
    }

    /// <summary>Where a call stands, in words.</summary>
    public static string StateOf(CallStatus status, Wording wording) => status switch
    {
        CallStatus.Open => wording.Say("ouvert", "open"),
        CallStatus.Scheduled => wording.Say("à venir", "soon"),
        CallStatus.Announced => wording.Say("sélection annoncée", "selection announced"),
        CallStatus.Cancelled => wording.Say("annulé", "cancelled"),
        _ => wording.Say("clos, sélection en cours", "closed, being judged"),
    };

    private static Task AnswerAsync(HttpContext context, Wording wording, StringBuilder html, AgendaDocument page)
    {
        context.Response.Headers.ContentLanguage = wording.Language;
        return new ServedBytes(page.Write(html), "text/html; charset=utf-8", Caching, vary: HeaderNames.AcceptLanguage).WriteAsync(context);
    }

    private static void Section(StringBuilder html, string id, string title, IEnumerable<PublicCall> calls, Wording wording)
    {
        var list = calls.ToList();
        if (list.Count == 0) return;

        html.Append(CultureInfo.InvariantCulture, $"<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{title}</h2>\n<ul class=\"cards\">\n");
        foreach (var c in list)
        {
            html.Append(CultureInfo.InvariantCulture, $"<li><h3><a href=\"{c.Path}{(wording.Language == "en" ? "?lang=en" : "")}\"{EventCards.Language(c.Call.Plan.Title, wording)}>{AgendaDocument.Text(Plain.Line(c.Call.Plan.Title.In(wording.Language)))}</a></h3>");
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"when\">{(c.Status is CallStatus.Scheduled ? wording.Say("Ouvre le ", "Opens on ") + Instant(c.Call.Plan.OpensAt, wording) : wording.Say("Clôture : ", "Closes: ") + Instant(c.Call.Plan.ClosesAt, wording))}</p>");
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"about\">{StateOf(c.Status, wording)} · {c.Call.Plan.Places} {(c.Call.Plan.Places == 1 ? "place" : "places")}</p></li>\n");
        }

        html.Append("</ul></section>\n");
    }

    private static void Result(StringBuilder html, PublicCall found, Wording wording)
    {
        if (found.Selected is not { Count: > 0 } selected) return;

        html.Append(CultureInfo.InvariantCulture, $"<section aria-labelledby=\"selected\"><h2 id=\"selected\">{wording.Say("Sélection", "Selection")}</h2><ul>");
        foreach (var act in selected) html.Append(CultureInfo.InvariantCulture, $"<li>{AgendaDocument.Text(act)}</li>");
        html.Append("</ul></section>\n");
    }

    private static void Criteria(StringBuilder html, CallPlan plan, Wording wording)
    {
        var whole = plan.Criteria.Sum(c => c.Weight);
        html.Append(CultureInfo.InvariantCulture, $"<section aria-labelledby=\"criteria\"><h2 id=\"criteria\">{wording.Say("Comment on choisit", "How we choose")}</h2><ul>");
        foreach (var c in plan.Criteria) html.Append(CultureInfo.InvariantCulture, $"<li><span{EventCards.Language(c.Label, wording)}>{AgendaDocument.Text(Plain.Line(c.Label.In(wording.Language)))}</span>{wording.Say(" : ", ": ")}{Math.Round(100m * c.Weight / whole)} %</li>");
        html.Append(CultureInfo.InvariantCulture, $"</ul><p>{(plan.IsBlind ? wording.Say("Le jury note sans savoir de qui est le travail.", "The jury scores without knowing whose work it is.") : wording.Say("Chaque membre du jury note seul, avant de voir les notes des autres.", "Each reviewer scores alone, before seeing the others' scores."))} ")
            .Append(wording.Say("Qui est proche d'un artiste ne le note pas. Tout le monde reçoit ses notes.", "Who is close to an artist does not score them. Everybody is sent their scores.")).Append("</p></section>\n");
    }

    private static string Instant(DateTimeOffset at, Wording wording) =>
        $"<time datetime=\"{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{AgendaDocument.Text(RegistrationLetters.Shown(at, wording.Language))}</time>";
}
