using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Feeds;

namespace Mila.Events.Pages;

/// <summary>The agenda as a page: what comes, month by month, then what has been.</summary>
/// <param name="Filter">Which events, and the language.</param>
internal sealed record AgendaPage(AgendaFilter Filter) : AgendaForm
{
    /// <summary>A page is read, not crawled: what comes after so many events is a month away.</summary>
    private const int MostAhead = 200;
    private const int MostBehind = 50;

    public override bool IsStanding => Filter.IsWhole;

    public override ServedBytes Write(AgendaEdition edition)
    {
        var wording = Wording.Of(Filter.Language);
        var title = Filter.Programme is { } programme ? edition.LabelOf(programme) : "Agenda";
        if (Filter.Month is { } month) title += $", {wording.Month(month)}";
        var events = edition.Select(Filter);
        var ahead = events.Where(e => !e.IsOver(edition.At)).ToList();
        var behind = events.Where(e => e.IsOver(edition.At)).Reverse().Take(MostBehind).ToList();

        var html = new StringBuilder();
        var named = Filter.Programme is { } code ? $"<span lang=\"fr\">{AgendaDocument.Text(edition.LabelOf(code))}</span>" : "Agenda";
        html.Append(CultureInfo.InvariantCulture, $"<h1>{named}{(Filter.Month is { } of ? $", {wording.Month(of)}" : "")}</h1>\n<p class=\"lead\">{About(wording)}</p>\n");
        Form(html, edition, wording);
        if (edition.HasOpenCall) html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"/calls{(Filter.Language == "en" ? "?lang=en" : "")}\">{wording.Say("Un appel à artistes est ouvert", "A call for artists is open")}</a></p>\n");
        if (ahead.Count == 0) html.Append(CultureInfo.InvariantCulture, $"<p class=\"nothing\">{wording.Say("Rien n'est annoncé pour l'instant.", "Nothing is announced yet.")}</p>\n");
        foreach (var group in ahead.Take(MostAhead).GroupBy(MonthOf))
        {
            html.Append(CultureInfo.InvariantCulture, $"<section class=\"month\" aria-labelledby=\"m-{group.Key}\"><h2 id=\"m-{group.Key}\">{AgendaDocument.Text(wording.Month(group.Key))}</h2>\n");
            EventCards.List(html, group, edition, wording, heading: 3);
            html.Append("</section>\n");
        }

        if (ahead.Count > MostAhead) html.Append(CultureInfo.InvariantCulture, $"<p>{wording.Say("La suite se lit mois par mois.", "For what follows, choose a month.")}</p>\n");
        if (behind.Count > 0)
        {
            // What has been stands folded, unless there is nothing else or somebody asked for its month.
            var open = ahead.Count == 0 || Filter.Month is not null ? " open" : "";
            html.Append(CultureInfo.InvariantCulture, $"<details class=\"past\"{open}><summary><h2>{wording.Say("Déjà passés", "Past events")} ({behind.Count})</h2></summary>\n");
            EventCards.List(html, behind, edition, wording, heading: 3);
            html.Append("</details>\n");
        }

        var page = new AgendaDocument(edition.Site, wording, title, "/agenda", Filter.Query("lang"))
        {
            Summary = About(wording),
            LinkedData = SchemaOrg.List(ahead.Take(50), edition, wording),
            FeedsOf = Filter,
        };
        return new ServedBytes(page.Write(html), "text/html; charset=utf-8", Caching, vary: HeaderNames.AcceptLanguage);
    }

    private static string About(Wording wording) => wording.Say("Les rencontres, ateliers et soirées de MILA, à Paris.", "MILA's meetings, workshops and evenings, in Paris.");

    private static string MonthOf(PublicEvent e) => e.Months.Count > 0 ? e.Months[0] : "";

    private void Form(StringBuilder html, AgendaEdition edition, Wording wording)
    {
        // Folded on a phone, where it would stand before everything else; style sheets keep it open where there is room.
        html.Append(CultureInfo.InvariantCulture, $"<details class=\"filter\"{(Filter is { Programme: null, IsWhole: true } ? "" : " open")}><summary>{wording.Say("Filtrer l'agenda", "Filter the agenda")}</summary>\n");
        html.Append(CultureInfo.InvariantCulture, $"<form class=\"filter\" method=\"get\" action=\"/agenda\" aria-label=\"{wording.Say("Filtrer l'agenda", "Filter the agenda")}\">\n");
        var months = edition.Events.SelectMany(e => e.Months).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        Select("programme", wording.Say("Programme", "Programme"), wording.Say("Tous", "All"), edition.Programmes.Values.Select(p => (p.Code, Plain.Line(p.Plan.Label))), Filter.Programme);
        Select("month", wording.Say("Mois", "Month"), wording.Say("Tous", "All"), months.Select(m => (m, wording.Month(m))), Filter.Month);
        Select("audience", wording.Say("Pour qui", "For whom"), wording.Say("Tous", "All"), Enum.GetValues<Audience>().Select(a => (a.Word(), wording.Audience(a))), Filter.Audience?.Word());
        if (edition.Partners.Select(p => (p.Code, p.Name)).ToList() is { Count: > 0 } partners)
            Select("partner", wording.Say("De qui", "Whose"), wording.Say("Tous", "All"), partners.Prepend((AgendaFilter.Own, "MILA")), Filter.Partner);
        html.Append(CultureInfo.InvariantCulture, $"<input type=\"hidden\" name=\"lang\" value=\"{wording.Language}\"><button type=\"submit\">{wording.Say("Filtrer", "Filter")}</button>\n</form></details>\n");

        void Select(string name, string label, string all, IEnumerable<(string Value, string Text)> options, string? chosen)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p><label for=\"{name}\">{label}</label> <select id=\"{name}\" name=\"{name}\"><option value=\"\">{all}</option>");
            foreach (var (value, text) in options) html.Append(CultureInfo.InvariantCulture, $"<option value=\"{value}\"{(value == chosen ? " selected" : "")}>{AgendaDocument.Text(text)}</option>");
            html.Append("</select></p>\n");
        }
    }
}
