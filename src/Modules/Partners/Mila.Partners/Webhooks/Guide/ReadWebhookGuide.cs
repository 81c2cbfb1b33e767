using Microsoft.Extensions.Options;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Results;

namespace Mila.Partners.Webhooks.Guide;

internal static class ReadWebhookGuide
{
    /// <summary>How to receive webhooks and to verify them, with receivers to copy in JavaScript, Python, PHP and C#, as a page in the language of <c>lang</c> or else of the reader.</summary>
    internal static async Task<IResult> Handle(HttpContext context, WebhookGuide guide, string? lang = null)
    {
        var language = lang is "fr" or "en" ? lang : Languages.Preferred(context.Request, otherwise: "fr");
        context.Response.Headers.ContentLanguage = language;
        await guide.In(language).WriteAsync(context);
        return TypedResults.Empty;
    }
}

/// <summary>The page, written once a language.</summary>
internal sealed class WebhookGuide(PublicAddress address, IOptions<WebhookOptions> options)
{
    private const string Kept = "public, max-age=300";
    private readonly Lazy<ServedBytes> _french = new(() => Write(new GuidePage("fr", address, options.Value.EndpointsPerPartner)));
    private readonly Lazy<ServedBytes> _english = new(() => Write(new GuidePage("en", address, options.Value.EndpointsPerPartner)));

    internal ServedBytes In(string language) => (language == "en" ? _english : _french).Value;

    private static ServedBytes Write(GuidePage page) => new(page.Write(), "text/html; charset=utf-8", Kept, vary: "Accept-Language");
}
