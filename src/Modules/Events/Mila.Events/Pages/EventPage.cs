using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Feeds;

namespace Mila.Events.Pages;

/// <summary>One event as a page.</summary>
/// <param name="Slug">Its slug, which the agenda knows.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
internal sealed record EventPage(string Slug, string Language) : AgendaForm
{
    private const int SummaryLength = 200;
    private const int Others = 3;

    public override ServedBytes Write(AgendaEdition edition)
    {
        var e = edition.Find(Slug)!;
        var wording = Wording.Of(Language);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<nav class=\"trail\" aria-label=\"{wording.Say("Fil d'Ariane", "Breadcrumb")}\"><ol><li><a href=\"/agenda{InLanguage("?")}\">Agenda</a></li>");
        html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"/agenda?programme={e.Programme}{InLanguage("&amp;")}\"><span lang=\"fr\">{AgendaDocument.Text(edition.LabelOf(e.Programme))}</span></a></li></ol></nav>\n");
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"event full\">\n<h1{EventCards.Language(e.Texts.Title, wording)}>{AgendaDocument.Text(e.Title(Language))}</h1>\n");
        if (!e.IsCancelled) html.Append(EventCards.Flag(e, edition, wording));
        if (e.Cancellation is { } c) html.Append(CultureInfo.InvariantCulture, $"<p class=\"notice cancelled\"><strong>{wording.Say("Annulé", "Cancelled")}</strong> <span{EventCards.Language(c.Reason, wording)}>{AgendaDocument.Text(Plain.Line(c.Reason.In(Language)))}</span></p>\n");
        else if (e.PreviousStartsAt is { } before && !e.IsOver(edition.At)) html.Append(CultureInfo.InvariantCulture, $"<p class=\"notice\"><strong>{wording.Say("Déplacé", "Moved")}</strong> {wording.Say("La date précédente était le", "The previous date was")} {AgendaDocument.Text(WrittenTime.DayAndHour(before, Language))}.</p>\n");
        Facts(html, e, edition, wording);
        Actions(html, e, edition, wording);
        if (e.Image is { } image) html.Append(Picture(image, edition.Site, wording)).Append('\n');
        if (e.Html(Language, edition.Site) is { Length: > 0 } description) html.Append(CultureInfo.InvariantCulture, $"<div class=\"description\"{EventCards.Language(e.Texts.Summary, wording)}>{description}</div>\n");
        if (e.ReplayUrl is { } replay) html.Append(CultureInfo.InvariantCulture, $"<p class=\"replay\"><a href=\"{AgendaDocument.Text(replay)}\" rel=\"noopener\">{wording.Say("Voir la rediffusion", "Watch the recording")}</a></p>\n");
        foreach (var call in edition.CallsOf(e.Id)) html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"/calls/{call.Slug}{InLanguage("?")}\">{wording.Say("Appel à artistes :", "Call for artists:")} <span{EventCards.Language(call.Plan.Title, wording)}>{AgendaDocument.Text(Plain.Line(call.Plan.Title.In(Language)))}</span></a></p>\n");
        html.Append("</article>\n");
        Also(html, e, edition, wording);

        var summary = wording.Time(e.When) + (e.Place is { } place ? $", {place}. " : ". ") + e.Text(Language).Replace('\n', ' ');
        var page = new AgendaDocument(edition.Site, wording, e.Headline(Language), e.Path, "")
        {
            Kind = "article",
            Summary = summary.Length > SummaryLength ? Cut(summary) + "…" : summary.TrimEnd(),
            Image = e.Image,
            LinkedData = SchemaOrg.Of(e, edition, wording),
            FeedsOf = AgendaFilter.None with { Language = Language, Programme = edition.Programmes.ContainsKey(e.Programme) ? e.Programme : null },
        };
        return new ServedBytes(page.Write(html), "text/html; charset=utf-8", Caching, vary: HeaderNames.AcceptLanguage);
    }

    /// <summary>The picture, in a place of its size so that nothing moves when it comes; from a site of others, of which a page loads nothing, the way to it.</summary>
    private static string Picture(EventImage image, AgendaSite site, Wording wording)
    {
        var (url, alt) = (AgendaDocument.Text(image.Url), AgendaDocument.Text(Plain.Line(image.Alt.In(wording.Language))));
        var language = EventCards.Language(image.Alt, wording);
        if (!site.Shows(image.Url)) return $"<p class=\"picture\"><a href=\"{url}\" rel=\"noopener noreferrer\">{wording.Say("Voir l'image", "See the picture")}</a>{wording.Say(" :", ":")} <span{language}>{alt}</span></p>";

        var size = image is { Width: { } width, Height: { } height } ? string.Create(CultureInfo.InvariantCulture, $" width=\"{width}\" height=\"{height}\"") : " class=\"framed\"";
        return $"<p class=\"picture\"><img src=\"{url}\" alt=\"{alt}\"{language}{size} loading=\"lazy\" decoding=\"async\"></p>";
    }

    private static string Cut(string text) => text[..(char.IsHighSurrogate(text[SummaryLength - 1]) ? SummaryLength - 1 : SummaryLength)];

    private string InLanguage(string before) => Language == "en" ? before + "lang=en" : "";

    /// <summary>What one may do: register, where anybody may; keep the day in one's calendar.</summary>
    private void Actions(StringBuilder html, PublicEvent e, AgendaEdition edition, Wording wording)
    {
        if (e.IsCancelled || e.Status is not EventStatus.Published || e.IsOver(edition.At)) return;

        var actions = new StringBuilder();
        if (e.Audience is Audience.Public && Register(e, edition, wording) is { } register) actions.Append(CultureInfo.InvariantCulture, $"<a class=\"button\" href=\"{e.Path}/registration?lang={Language}\">{register}</a> ");
        if (e.Scheduled is not null) actions.Append(CultureInfo.InvariantCulture, $"<a class=\"button second\" href=\"{e.Path}/event.ics{InLanguage("?")}\" type=\"text/calendar\">{wording.Say("Ajouter à mon calendrier", "Add to my calendar")}</a>");
        if (actions.Length > 0) html.Append("<p class=\"actions\">").Append(actions).Append("</p>\n");
    }

    // Null where whoever asked would be refused: full, and begun.
    private static string? Register(PublicEvent e, AgendaEdition edition, Wording wording)
    {
        if (!edition.IsFull(e) || e.Venue?.Mode is VenueMode.Hybrid) return wording.Say("S'inscrire", "Register");
        return e.HasBegun(edition.At) ? null : wording.Say("S'inscrire en liste d'attente", "Join the waiting list");
    }

    /// <summary>What else comes, first of the same programme.</summary>
    private static void Also(StringBuilder html, PublicEvent e, AgendaEdition edition, Wording wording)
    {
        var others = edition.Events.Where(o => o.Id != e.Id && !o.IsCancelled && !o.IsOver(edition.At)).OrderBy(o => o.Programme != e.Programme).Take(Others).OrderBy(o => o.SortKey, StringComparer.Ordinal).ToList();
        if (others.Count == 0) return;

        html.Append(CultureInfo.InvariantCulture, $"<section class=\"also\" aria-labelledby=\"also\"><h2 id=\"also\">{wording.Say("À venir aussi", "Also coming up")}</h2>\n");
        EventCards.List(html, others, edition, wording, heading: 3);
        html.Append("</section>\n");
    }

    /// <summary>A link that one may follow to a map: nothing of it is loaded.</summary>
    private static string Map(PublicEvent e, Wording wording) =>
        e.Where is { Mode: VenueMode.OnSite or VenueMode.Hybrid, Address: { } address }
            ? $" <a class=\"map\" href=\"https://www.openstreetmap.org/search?query={Uri.EscapeDataString(address)}\" rel=\"noopener noreferrer\">{wording.Say("Voir le plan", "See the map")}</a>"
            : "";

    private static void Facts(StringBuilder html, PublicEvent e, AgendaEdition edition, Wording wording)
    {
        html.Append("<dl class=\"facts\">\n");
        Fact(wording.Say("Quand", "When"), EventCards.Time(e, wording) + (e.Scheduled is null ? "" : $" <span class=\"zone\">({wording.Say("heure de Paris", "Paris time")})</span>"));
        if (e.Place is { } place) Fact(wording.Say("Où", "Where"), AgendaDocument.Text(place) + Map(e, wording));
        if (e.Venue is { Mode: VenueMode.Online or VenueMode.Hybrid } venue)
        {
            Fact(wording.Say("Comment", "How"), venue.Url is { } url ? $"<a href=\"{AgendaDocument.Text(url)}\" rel=\"noopener\">{wording.Mode(venue.Mode)}</a>" : wording.Mode(venue.Mode));
        }

        Fact(wording.Say("Pour qui", "For whom"), wording.Audience(e.Audience));
        var speakers = e.Speakers.Select(Speaker).Where(s => s.Length > 0).ToArray();
        if (speakers.Length > 0) Fact(wording.Say("Avec", "With"), string.Join("<br>", speakers));
        if (e.CoHosts.Count > 0) Fact(wording.Say("En partenariat avec", "Together with"), AgendaDocument.Text(string.Join(", ", e.CoHosts.Select(edition.PartnerOf))));
        if (e.Tags.Count > 0) Fact(wording.Say("Thèmes", "Themes"), AgendaDocument.Text(string.Join(", ", e.Tags.Select(Plain.Line))));
        html.Append("</dl>\n");

        void Fact(string name, string value) => html.Append(CultureInfo.InvariantCulture, $"<div><dt>{name}</dt><dd>{value}</dd></div>\n");
    }

    private static string Speaker(Speaker speaker) =>
        AgendaDocument.Text(string.Join(", ", new[] { speaker.Name, speaker.Role, speaker.Organisation }.OfType<string>().Select(Plain.Line).Where(s => s.Length > 0)));
}
