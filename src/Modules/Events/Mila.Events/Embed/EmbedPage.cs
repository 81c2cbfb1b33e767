using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using Mila.BuildingBlocks.Pages;
using Mila.Events.Feeds;
using Mila.Events.Pages;

namespace Mila.Events.Embed;

/// <summary>What comes next, for other sites to frame: real links, which leave the frame.</summary>
/// <param name="Filter">Which events, and the language.</param>
/// <param name="Limit">How many at most.</param>
internal sealed record EmbedPage(AgendaFilter Filter, int Limit) : AgendaForm
{
    /// <summary>How many are shown when nobody says.</summary>
    public const int Usual = 10;

    /// <summary>The most that a frame shows.</summary>
    public const int Most = 100;

    public override bool IsStanding => Filter.IsWhole && Limit == Usual;

    public override ServedBytes Write(AgendaEdition edition)
    {
        var wording = Wording.Of(Filter.Language);
        var all = Filter.Event is not null || Filter.Month is not null;
        var events = edition.Select(Filter).Where(e => all || !e.IsOver(edition.At)).Take(Limit).ToList();
        var title = Filter.Programme is { } programme ? edition.LabelOf(programme) : wording.Say("Agenda de MILA", "MILA's agenda");
        var list = new StringBuilder();
        if (events.Count > 0) EventCards.List(list, events, edition, wording, heading: 2, embedded: true);
        else list.Append(CultureInfo.InvariantCulture, $"<p class=\"nothing\">{wording.Say("Rien n'est annoncé pour l'instant.", "Nothing is announced yet.")}</p>\n");
        var html = $"""
            <!DOCTYPE html>
            <html lang="{wording.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{AgendaDocument.Text(title)}</title>
            <link rel="stylesheet" href="{Stylesheet.Href}">
            <link rel="stylesheet" href="/embed/agenda.css">
            <link rel="icon" href="data:,">
            <script src="/embed/agenda-frame.js" defer></script>
            </head>
            <body class="embedded">
            <main>
            <h1{(Filter.Programme is null ? "" : " lang=\"fr\"")}>{AgendaDocument.Text(title)}</h1>
            {list}</main>
            <footer><p><a href="{AgendaDocument.Text(edition.Site.Url("/agenda" + Filter.Query("event")))}" target="_top">{wording.Say("Tout l'agenda", "The whole agenda")}</a></p></footer>
            </body>
            </html>

            """;
        return new ServedBytes(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", Caching, vary: HeaderNames.AcceptLanguage);
    }
}
