using System.IO.Hashing;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Pages;

/// <summary>The two houses that pages may look like.</summary>
public enum PageColours
{
    /// <summary>Blue: what MILA says of itself.</summary>
    House,

    /// <summary>Red and black, as the panels: what stands in the shop windows of the street.</summary>
    Street,
}

/// <summary>
/// The frame of every public page (API.md F4): French or English, one stylesheet, no script, no cookie, nothing from another server.
/// It is an answer of its own, with a strong tag of its bytes.
/// </summary>
/// <param name="Language"><c>fr</c> or <c>en</c>, see <see cref="LanguageOf"/>.</param>
/// <param name="Title">As text; the frame adds the name of the house.</param>
/// <param name="Body">The main part, as HTML: its own <c>h1</c> first.</param>
public sealed record PublicPage(string Language, string Title, string Body) : IResult
{
    /// <summary>How long caches may keep a page (API.md F1).</summary>
    public const string CacheControl = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    /// <summary>Blue unless said otherwise.</summary>
    public PageColours Colours { get; init; } = PageColours.House;

    /// <summary>More of the <c>head</c>, as HTML: alternates, Open Graph, JSON-LD.</summary>
    public string Head { get; init; } = "";

    /// <summary>200 unless said otherwise.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The language of a page: <c>?lang=</c>, else what the browser prefers, else French.</summary>
    public static string LanguageOf(HttpRequest request) => request.Query["lang"] is [("fr" or "en") and { } asked] ? asked : Languages.Preferred(request, otherwise: "fr");

    /// <summary>A text as HTML.</summary>
    public static string Encode(string text) => Html.Encode(text);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var bytes = Encoding.UTF8.GetBytes(Write());
        response.StatusCode = Status;
        response.Headers.ContentLanguage = Language;
        response.Headers.CacheControl = CacheControl;
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        if (Status == StatusCodes.Status200OK)
        {
            var tag = $"\"{Convert.ToHexStringLower(XxHash128.Hash(bytes))}\"";
            response.Headers.ETag = tag;
            if (EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known) && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Tag.Equals(tag, StringComparison.Ordinal)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    private string Write()
    {
        var english = Language == "en";
        var (otherCode, other) = english ? ("fr", "Français") : ("en", "English");
        return $"""
            <!DOCTYPE html>
            <html lang="{Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Encode(Title)} – MILA</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{Stylesheet.Href}">
            {Head}
            </head>
            <body class="{(Colours == PageColours.Street ? "street" : "house")}">
            <a class="skip" href="#main">{(english ? "Skip to the content" : "Aller au contenu")}</a>
            <header>
            <p class="brand"><a href="/agenda">MILA</a></p>
            <nav aria-label="{(english ? "Language" : "Langue")}"><a href="?lang={otherCode}" hreflang="{otherCode}" lang="{otherCode}">{other}</a></nav>
            </header>
            <main id="main" tabindex="-1">
            {Body}
            </main>
            <footer>
            <p>MILA, {(english ? "a Paris association of small music companies" : "l'association parisienne des petites entreprises de la musique")}. <a href="https://milaparis.fr">milaparis.fr</a></p>
            </footer>
            </body>
            </html>

            """;
    }
}
