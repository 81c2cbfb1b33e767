using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Results;

namespace Mila.Events.PublicForm;

/// <summary>A page for one person or one moment: French or English, no script, no cookie, kept by no cache and found by no search engine.</summary>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="Title">As text.</param>
/// <param name="Body">The main part, as HTML: its own <c>h1</c> first.</param>
internal sealed record PersonalPage(string Language, string Title, string Body) : IResult
{
    /// <summary>Where it is read, when it is answered to a form that was sent to another address.</summary>
    public string Path { get; init; } = "";

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    public static string LanguageOf(HttpRequest request) => request.Query["lang"] is [("fr" or "en") and { } asked] ? asked : Languages.Preferred(request, otherwise: "fr");

    public static string Encode(string? text) => Html.Encode(text ?? "");

    /// <summary>A button that posts and asks nothing else.</summary>
    public static string Button(string action, string label) => $"<form method=\"post\" action=\"{Encode(action)}\"><p><button type=\"submit\">{Encode(label)}</button></p></form>";

    /// <summary>Read this address by GET now (RFC 9110 section 15.4.4): reloading the page posts nothing again.</summary>
    public static IResult SeeOther(HttpContext context, string path)
    {
        // Whoever chose a language goes on in it.
        var chosen = context.Request.Query["lang"] is [("fr" or "en") and { } lang] && !path.Contains("lang=", StringComparison.Ordinal) ? $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={lang}" : "";
        context.Response.Headers.Location = path + chosen;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        (headers.ContentLanguage, headers.CacheControl, headers["X-Robots-Tag"]) = (Language, "no-store", "noindex");
        var bytes = Encoding.UTF8.GetBytes(Write(Said(httpContext.Request)));
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    // What was just done, or was refused, is said in the other language too: a reload posts nothing again.
    private static string Said(HttpRequest request) => HttpMethods.IsGet(request.Method) ? string.Concat(request.Query.Where(q => q.Value is ["1"]).Select(q => $"{Encode(Uri.EscapeDataString(q.Key))}=1&amp;")) : "";

    private string Write(string said)
    {
        var (otherCode, other) = Language == "en" ? ("fr", "Français") : ("en", "English");
        return $"""
            <!DOCTYPE html>
            <html lang="{Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{Encode(Title)} – MILA</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{Stylesheet.Href}">
            </head>
            <body class="house">
            <header>
            <p class="brand"><a href="/agenda">MILA</a></p>
            <nav aria-label="{(Language == "en" ? "Language" : "Langue")}"><a href="{Encode(Path)}?{said}lang={otherCode}" hreflang="{otherCode}" lang="{otherCode}">{other}</a></nav>
            </header>
            <main id="main">
            {Body}
            </main>
            </body>
            </html>

            """;
    }
}
