using System.Globalization;
using System.Text;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Feeds;

namespace Mila.Events.Pages;

/// <summary>Events as a list of links, the same on the page and in the frame that other sites embed.</summary>
internal static class EventCards
{
    /// <summary>The list.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="events">At least one.</param>
    /// <param name="edition">Knows the programmes.</param>
    /// <param name="wording">The language.</param>
    /// <param name="heading">Level of the titles.</param>
    /// <param name="embedded">Inside another site links leave its frame.</param>
    public static void List(StringBuilder html, IEnumerable<PublicEvent> events, AgendaEdition edition, Wording wording, int heading, bool embedded = false)
    {
        html.Append("<ul class=\"events\">\n");
        foreach (var e in events)
        {
            html.Append("<li>");
            Card(html, e, edition, wording, heading, embedded);
            html.Append("</li>\n");
        }

        html.Append("</ul>\n");
    }

    /// <summary>The time of an event, for people and for programs.</summary>
    public static string Time(PublicEvent e, Wording wording)
    {
        // A line never begins with the dash, nor ends with it where only an hour follows (a word joiner after it, since a line may break behind a dash).
        var text = AgendaDocument.Text(wording.Time(e.When)).Replace(" – ", IsOfOneDay(e) ? "&nbsp;–&#8288;&nbsp;" : "&nbsp;– ", StringComparison.Ordinal);
        if (e.Month is { } month) return $"<time datetime=\"{month}\">{text}</time>";
        return e.Scheduled is { } s ? $"<time datetime=\"{s.StartsAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{text}</time>" : text;
    }

    /// <summary>Says that a text is in French where the page is in English and nobody has translated it: voices read it as what it is (WCAG 3.1.2).</summary>
    public static string Language(LocalizedText? text, Wording wording) => wording.Language == "en" && text is not null && string.IsNullOrEmpty(text.En) ? " lang=\"fr\"" : "";

    /// <summary>Called off, today or tomorrow, full: what one has to know first; empty where there is nothing to say.</summary>
    public static string Flag(PublicEvent e, AgendaEdition edition, Wording wording)
    {
        if (e.IsCancelled) return $"<p class=\"flag\">{wording.Say("Annulé", "Cancelled")}</p>";

        return Soon(e, edition, wording) + (edition.IsFull(e) ? $"<p class=\"flag full\">{Full(e, edition, wording)}</p>" : "");
    }

    // From the beginning on there is no waiting list.
    private static string Full(PublicEvent e, AgendaEdition edition, Wording wording) => (e.Venue?.Mode is VenueMode.Hybrid, e.HasBegun(edition.At)) switch
    {
        (true, false) => wording.Say("Complet sur place : liste d'attente, ou places en ligne", "Full on site: waiting list, or places online"),
        (true, true) => wording.Say("Complet sur place : places en ligne", "Full on site: places online"),
        (false, false) => wording.Say("Complet : liste d'attente", "Full: waiting list"),
        (false, true) => wording.Say("Complet", "Full"),
    };

    private static string? Soon(PublicEvent e, AgendaEdition edition, Wording wording)
    {
        if (e.Scheduled is not { } s || e.IsOver(edition.At)) return null;

        var (today, from, to) = (ParisTime.DateOf(edition.At), ParisTime.DateOf(s.StartsAt), ParisTime.DateOf(s.EndsAt));
        if (from <= today && today <= to) return $"<p class=\"flag soon\">{wording.Say("Aujourd'hui", "Today")}</p>";
        return from == today.AddDays(1) ? $"<p class=\"flag soon\">{wording.Say("Demain", "Tomorrow")}</p>" : null;
    }

    private static bool IsOfOneDay(PublicEvent e) => e.Scheduled is { } s && ParisTime.DateOf(s.StartsAt) == ParisTime.DateOf(s.EndsAt);

    private static void Card(StringBuilder html, PublicEvent e, AgendaEdition edition, Wording wording, int heading, bool embedded)
    {
        var href = e.Path + (wording.Language == "en" ? "?lang=en" : "");
        var (title, own) = (Language(e.Texts.Title, wording), embedded ? edition.Site.Url(href) : href);
        var link = e.Partner is { } partner ? $"<a href=\"{AgendaDocument.Text(partner.Url)}\" rel=\"noopener\"{(embedded ? " target=\"_top\"" : "")}{title}>" : $"<a href=\"{AgendaDocument.Text(own)}\"{(embedded ? " target=\"_top\"" : "")}{title}>";
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"event{(e.IsCancelled ? " cancelled" : "")}{(e.Partner is null ? "" : " of-partner")}\">{Tile(e, wording)}<div>");
        html.Append(CultureInfo.InvariantCulture, $"<h{heading}>{link}{AgendaDocument.Text(e.Title(wording.Language))}</a></h{heading}>");
        html.Append(Flag(e, edition, wording));
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"when\">{Time(e, wording)}</p>");
        if (e.Place is { } place) html.Append(CultureInfo.InvariantCulture, $"<p class=\"where\">{AgendaDocument.Text(place)}</p>");
        if (e.Venue is { Mode: VenueMode.Online or VenueMode.Hybrid } venue) html.Append(CultureInfo.InvariantCulture, $"<p class=\"where\">{wording.Mode(venue.Mode)}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"about\">{Label(e, edition, wording)} · {wording.Audience(e.Audience)}</p></div></article>");
    }

    private static string Label(PublicEvent e, AgendaEdition edition, Wording wording)
    {
        var label = AgendaDocument.Text(edition.LabelOf(e, wording));
        return e.Partner is null ? $"<span lang=\"fr\">{label}</span>" : label;
    }

    /// <summary>The day as on a tear-off calendar. It repeats for the eye what the time says in full, so it is hidden from voices.</summary>
    private static string Tile(PublicEvent e, Wording wording)
    {
        if (e.Scheduled is not { } s) return $"<p class=\"tile open\" aria-hidden=\"true\"><b>?</b>{(e.Month is { } month ? $"<span>{AgendaDocument.Text(wording.ShortMonth(month))}</span>" : "")}</p>";

        var start = ParisTime.Shown(s.StartsAt);
        return $"<p class=\"tile\" aria-hidden=\"true\"><span>{AgendaDocument.Text(start.ToString("ddd", wording.Culture))}</span><b>{start.ToString("%d", wording.Culture)}</b><span>{AgendaDocument.Text(start.ToString("MMM", wording.Culture))}</span></p>";
    }
}
