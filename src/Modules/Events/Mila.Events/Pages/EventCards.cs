using System.Globalization;
using System.Text;
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
        var text = AgendaDocument.Text(wording.Time(e.When));
        if (e.Month is { } month) return $"<time datetime=\"{month}\">{text}</time>";
        return e.Scheduled is { } s ? $"<time datetime=\"{s.StartsAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{text}</time>" : text;
    }

    private static void Card(StringBuilder html, PublicEvent e, AgendaEdition edition, Wording wording, int heading, bool embedded)
    {
        var href = e.Path + (wording.Language == "en" ? "?lang=en" : "");
        var link = e.Partner is { } partner ? $"<a href=\"{AgendaDocument.Text(partner.Url)}\" rel=\"noopener\"{(embedded ? " target=\"_top\"" : "")}>"
            : embedded ? $"<a href=\"{AgendaDocument.Text(edition.Site.Url(href))}\" target=\"_top\">" : $"<a href=\"{AgendaDocument.Text(href)}\">";
        html.Append(CultureInfo.InvariantCulture, $"<article class=\"event{(e.IsCancelled ? " cancelled" : "")}{(e.Partner is null ? "" : " of-partner")}\">");
        html.Append(CultureInfo.InvariantCulture, $"<h{heading}>{link}{AgendaDocument.Text(e.Title(wording.Language))}</a></h{heading}>");
        if (e.IsCancelled) html.Append(CultureInfo.InvariantCulture, $"<p class=\"flag\">{wording.Say("Annulé", "Cancelled")}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"when\">{Time(e, wording)}</p>");
        if (e.Place is { } place) html.Append(CultureInfo.InvariantCulture, $"<p class=\"where\">{AgendaDocument.Text(place)}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"about\">{AgendaDocument.Text(edition.LabelOf(e, wording))} · {wording.Audience(e.Audience)}</p></article>");
    }
}
