using System.Globalization;
using System.Text.Json.Serialization;
using System.Xml.Linq;
using Mila.Events.Agenda;
using Mila.Events.Feeds;
using Mila.Events.Pages;

namespace Mila.Events.Embed;

/// <summary>oEmbed 1.0 (oembed.com): a site pastes the address of a page and is told how to embed it.</summary>
internal static class DescribeEmbed
{
    private const int Width = 600;
    private const int AgendaHeight = 600;
    private const int EventHeight = 220;

    /// <param name="Version">Always <c>1.0</c>.</param>
    /// <param name="Type">Always <c>rich</c>.</param>
    /// <param name="Title">Of the page.</param>
    /// <param name="ProviderName">MILA.</param>
    /// <param name="ProviderUrl">The agenda.</param>
    /// <param name="Html">A frame, with a link for those who cannot show it.</param>
    /// <param name="Width">Pixels.</param>
    /// <param name="Height">Pixels.</param>
    /// <param name="CacheAge">Seconds for which this may be kept.</param>
    /// <param name="ThumbnailUrl">The event's picture, where its size is known and not more than was asked for.</param>
    /// <param name="ThumbnailWidth">Pixels.</param>
    /// <param name="ThumbnailHeight">Pixels.</param>
    internal sealed record Response(
        string Version, string Type, string Title, [property: JsonPropertyName("provider_name")] string ProviderName, [property: JsonPropertyName("provider_url")] string ProviderUrl,
        string Html, int Width, int Height, [property: JsonPropertyName("cache_age")] int CacheAge,
        [property: JsonPropertyName("thumbnail_url"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ThumbnailUrl = null,
        [property: JsonPropertyName("thumbnail_width"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ThumbnailWidth = null,
        [property: JsonPropertyName("thumbnail_height"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ThumbnailHeight = null);

    /// <summary>How to embed a page of the agenda (oEmbed).</summary>
    /// <param name="context">The request.</param>
    /// <param name="agenda">The agenda.</param>
    /// <param name="site">Where the server is.</param>
    /// <param name="url">Address of a page of the agenda.</param>
    /// <param name="format"><c>json</c> or <c>xml</c>.</param>
    /// <param name="maxwidth">The most pixels in width.</param>
    /// <param name="maxheight">The most pixels in height.</param>
    internal static async Task<IResult> Handle(HttpContext context, PublicAgenda agenda, AgendaSite site, string? url = null, string? format = null, int? maxwidth = null, int? maxheight = null)
    {
        if (url is null) return FeedErrors.At("url", "required", Languages.Say("The address of a page of the agenda.", "L’adresse d’une page de l’agenda.")).ToProblem();
        if (format is not (null or "json" or "xml")) return FeedErrors.NoSuchFormat.ToProblem();
        if (maxwidth is < 1) return FeedErrors.At("maxwidth", "out-of-range", Languages.Say("At least 1.", "1 au moins.")).ToProblem();
        if (maxheight is < 1) return FeedErrors.At("maxheight", "out-of-range", Languages.Say("At least 1.", "1 au moins.")).ToProblem();

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !IsOurs(address, context, site)) return FeedErrors.NotOfTheAgenda.ToProblem();

        // Only of an address of ours the slug is looked for, perhaps in the database.
        var edition = await (SlugIn(address) is { } one ? agenda.EditionOfAsync(one, context.RequestAborted) : agenda.EditionAsync(context.RequestAborted));
        if (!Read(address, edition).Succeeded(out var filter, out var refusal)) return refusal.ToProblem();

        var wording = Wording.Of(filter.Language);
        var title = filter.Event is { } slug ? edition.Find(slug)!.Headline(filter.Language) : filter.Programme is { } code ? edition.LabelOf(code) : wording.Say("Agenda de MILA", "MILA's agenda");
        var (width, height) = (Math.Min(maxwidth ?? Width, Width), Math.Min(maxheight ?? AgendaHeight, filter.Event is null ? AgendaHeight : EventHeight));
        var page = filter.Event is { } only ? edition.Find(only)!.Path : "/agenda";
        var html = string.Create(CultureInfo.InvariantCulture, $"<iframe src=\"{AgendaDocument.Text(edition.Site.Url("/embed/agenda" + filter.Query()))}\" title=\"{AgendaDocument.Text(title)}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" style=\"border:0\"><a href=\"{AgendaDocument.Text(edition.Site.Url(page + filter.Query("event")))}\">{AgendaDocument.Text(title)}</a></iframe>");
        var answer = new Response("1.0", "rich", title, "MILA", edition.Site.Url("/agenda"), html, width, height, 3600);
        if (filter.Event is { } shown && edition.Find(shown)!.Image is { Width: { } w, Height: { } h } image && w <= (maxwidth ?? w) && h <= (maxheight ?? h))
            answer = answer with { ThumbnailUrl = image.Url, ThumbnailWidth = w, ThumbnailHeight = h };

        context.Response.Headers.CacheControl = AgendaForm.Caching;
        return format == "xml" ? TypedResults.Text(Xml(answer), "text/xml; charset=utf-8") : TypedResults.Ok(answer);
    }

    private static string? SlugIn(Uri address) => address.AbsolutePath.TrimEnd('/').Split('/') is ["", "agenda", var slug] ? slug : null;

    private static Result<AgendaFilter> Read(Uri address, AgendaEdition edition)
    {
        var asked = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.Query);
        var query = new AgendaQuery
        {
            Programme = asked.GetValueOrDefault("programme"),
            Month = asked.GetValueOrDefault("month"),
            Audience = asked.GetValueOrDefault("audience"),
            Partner = asked.GetValueOrDefault("partner"),
            Lang = asked.GetValueOrDefault("lang"),
            Language = asked.GetValueOrDefault("language"),
        };
        if (!query.Read(edition).Succeeded(out var filter, out var refusal)) return refusal;

        return address.AbsolutePath.TrimEnd('/').Split('/') switch
        {
            ["", "agenda"] => filter,
            ["", "agenda", var slug] => edition.Find(slug) is null ? EventErrors.Unknown : AgendaFilter.None with { Event = slug, Language = filter.Language },
            _ => FeedErrors.NotOfTheAgenda,
        };
    }

    // People paste what stands in their address bar, which behind a balancer may not be the name that the settings say.
    private static bool IsOurs(Uri address, HttpContext context, AgendaSite site) =>
        address.Scheme is "https" or "http"
        && (address.GetLeftPart(UriPartial.Authority) == new Uri(site.Origin).GetLeftPart(UriPartial.Authority) || string.Equals(address.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static string Xml(Response answer) => new XDeclaration("1.0", "utf-8", "yes") + "\n" + new XElement(
        "oembed",
        new XElement("version", answer.Version), new XElement("type", answer.Type), new XElement("title", answer.Title), new XElement("provider_name", answer.ProviderName),
        new XElement("provider_url", answer.ProviderUrl), new XElement("html", answer.Html), new XElement("width", answer.Width), new XElement("height", answer.Height),
        new XElement("cache_age", answer.CacheAge),
        answer.ThumbnailUrl is null ? null : new[] { new XElement("thumbnail_url", answer.ThumbnailUrl), new XElement("thumbnail_width", answer.ThumbnailWidth), new XElement("thumbnail_height", answer.ThumbnailHeight) }).ToString(SaveOptions.DisableFormatting);
}
