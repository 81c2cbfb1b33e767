using System.Globalization;
using System.Text;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Feeds;

namespace Mila.Events.Pages;

/// <summary>The frame that every page of the agenda stands in: no script to run, no cookie, nothing of a third party.</summary>
/// <param name="Site">Where the server is.</param>
/// <param name="Wording">The language.</param>
/// <param name="Title">Of the page.</param>
/// <param name="Path">Its address, without a language.</param>
/// <param name="Query">Its query without a language: empty, or from the question mark on.</param>
internal sealed record AgendaDocument(AgendaSite Site, Wording Wording, string Title, string Path, string Query)
{
    /// <summary>One or two sentences for search engines and cards.</summary>
    public string? Summary { get; init; }

    /// <summary>What Open Graph calls the kind of thing.</summary>
    public string Kind { get; init; } = "website";

    public EventImage? Image { get; init; }

    /// <summary>schema.org, as JSON that is safe inside a script element.</summary>
    public string? LinkedData { get; init; }

    /// <summary>Which feeds are offered: those that show the same as the page, in its language.</summary>
    public AgendaFilter FeedsOf { get; init; } = AgendaFilter.None with { Language = Wording.Language };

    /// <summary>Whether <c>/oembed</c> knows it.</summary>
    public bool IsEmbeddable { get; init; } = true;

    /// <summary>Address of the page in one language, or in the reader's own.</summary>
    public string Address(string? language) => Path + (language is null ? Query : Query.Length == 0 ? "?lang=" + language : $"{Query}&lang={language}");

    public byte[] Write(StringBuilder main)
    {
        var page = new StringBuilder(main.Length + 6000);
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="{Wording.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(Title)} – MILA</title>

            """);
        Head(page);
        var (otherCode, other) = Wording.Language == "en" ? ("fr", "Français") : ("en", "English");
        page.Append(CultureInfo.InvariantCulture, $"""
            </head>
            <body class="agenda">
            <a class="skip" href="#contents">{Wording.Say("Aller au contenu", "Skip to contents")}</a>
            <header>
            <p class="brand"><a href="/agenda{(Wording.Language == "en" ? "?lang=en" : "")}">MILA</a></p>
            <nav aria-label="{Wording.Say("Langue", "Language")}"><a href="{Text(Address(otherCode))}" hreflang="{otherCode}" lang="{otherCode}">{other}</a></nav>
            </header>
            <main id="contents" tabindex="-1">

            """);
        page.Append(main).Append("</main>\n<footer>\n");
        Feeds(page);
        page.Append("<p class=\"address\">MILA, rue André Messager, 75018 Paris</p>\n</footer>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    /// <summary>Text, where HTML is written.</summary>
    public static string Text(string text) => FeedOutline.Encoder.Encode(text);

    private void Head(StringBuilder page)
    {
        var url = Site.Url(Address(null));
        if (Summary is { Length: > 0 }) page.Append(CultureInfo.InvariantCulture, $"<meta name=\"description\" content=\"{Text(Summary)}\">\n");
        page.Append(CultureInfo.InvariantCulture, $"""
            <link rel="canonical" href="{Text(Site.Url(Address(Wording.Language)))}">
            <link rel="alternate" hreflang="fr" href="{Text(Site.Url(Address("fr")))}">
            <link rel="alternate" hreflang="en" href="{Text(Site.Url(Address("en")))}">
            <link rel="alternate" hreflang="x-default" href="{Text(url)}">
            <link rel="stylesheet" href="{Stylesheet.Href}">
            <link rel="icon" href="data:,">

            """);
        foreach (var format in FeedFormat.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"<link rel=\"alternate\" type=\"{format.MediaType}\" href=\"{Text(FeedPath(format))}\" title=\"MILA ({format.Ending})\">\n");
        }

        foreach (var format in IsEmbeddable ? (string[])["json", "xml"] : [])
        {
            var type = format == "json" ? "application/json+oembed" : "text/xml+oembed";
            page.Append(CultureInfo.InvariantCulture, $"<link rel=\"alternate\" type=\"{type}\" href=\"{Text(Site.Url($"/oembed?url={Uri.EscapeDataString(url)}&format={format}"))}\" title=\"{Text(Title)}\">\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"""
            <meta property="og:type" content="{Kind}">
            <meta property="og:site_name" content="MILA">
            <meta property="og:title" content="{Text(Title)}">
            <meta property="og:url" content="{Text(Site.Url(Address(Wording.Language)))}">
            <meta property="og:locale" content="{Wording.Say("fr_FR", "en_GB")}">
            <meta property="og:locale:alternate" content="{Wording.Say("en_GB", "fr_FR")}">

            """);
        if (Summary is { Length: > 0 }) page.Append(CultureInfo.InvariantCulture, $"<meta property=\"og:description\" content=\"{Text(Summary)}\">\n");
        if (Image is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<meta property=\"og:image\" content=\"{Text(Image.Url)}\">\n<meta property=\"og:image:alt\" content=\"{Text(Plain.Line(Image.Alt.In(Wording.Language)))}\">\n");
            if (Image is { Width: { } width, Height: { } height }) page.Append(CultureInfo.InvariantCulture, $"<meta property=\"og:image:width\" content=\"{width}\">\n<meta property=\"og:image:height\" content=\"{height}\">\n");
        }

        if (LinkedData is not null) page.Append(CultureInfo.InvariantCulture, $"<script type=\"application/ld+json\">{LinkedData}</script>\n");
    }

    private void Feeds(StringBuilder page)
    {
        page.Append(CultureInfo.InvariantCulture, $"<nav aria-label=\"{Wording.Say("S'abonner", "Subscribe")}\"><h2>{Wording.Say("S'abonner à l'agenda", "Subscribe to the agenda")}</h2>");

        // Phones and desks open their calendar program with this address, and follow the agenda from then on.
        var calendar = Site.Url(FeedPath(FeedFormat.Ics));
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"follow\"><a href=\"webcal{Text(calendar[calendar.IndexOf("://", StringComparison.Ordinal)..])}\">{Wording.Say("Suivre dans mon calendrier", "Follow in my calendar")}</a></p><ul class=\"feeds\">");
        foreach (var (format, name) in FeedFormat.All.Zip((string[])["JSON Feed", Wording.Say("Calendrier (iCalendar)", "Calendar (iCalendar)"), "Atom", "RSS", Wording.Say("Tableur (CSV)", "Spreadsheet (CSV)")]))
        {
            page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{Text(FeedPath(format))}\" type=\"{format.MediaType}\">{name}</a></li>");
        }

        page.Append("</ul></nav>\n");
    }

    private string FeedPath(FeedFormat format) =>
        FeedsOf.Programme is { } programme ? $"/feeds/programmes/{programme}/events.{format.Ending}{FeedsOf.Query("programme")}" : $"/feeds/events.{format.Ending}{FeedsOf.Query()}";
}
