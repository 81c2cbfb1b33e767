using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mila.BuildingBlocks.Results;

/// <summary>French and English, chosen by <c>Accept-Language</c> (RFC 9110 section 12.5.4).</summary>
public static class Languages
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>One sentence of two: what fits the request that is being answered.</summary>
    public static string Say(string en, string fr) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr" ? fr : en;

    /// <summary>Lets sentences that are made along the way, by <see cref="Say"/> and by validators, be in the caller's language, and never in that of the machine.</summary>
    internal static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        CultureInfo.CurrentUICulture = Preferred(context.Request) == "fr" ? French : English;
        await next(context);
    }

    /// <summary>The language that the caller prefers among <c>fr</c> and <c>en</c>; <paramref name="otherwise"/> when it names neither.</summary>
    public static string Preferred(HttpRequest request, string otherwise = "en")
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wanted)) return otherwise;

        return wanted
            .Where(w => w.Quality is null or > 0)
            .OrderByDescending(w => w.Quality ?? 1)
            .Select(w => w.Value.Value ?? "")
            .Select(tag => tag.StartsWith("fr", StringComparison.OrdinalIgnoreCase) ? "fr" : tag.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? "en" : null)
            .FirstOrDefault(language => language is not null) ?? otherwise;
    }
}
