using Microsoft.AspNetCore.Http;

namespace Mila.BuildingBlocks.Pages;

/// <summary>The one stylesheet of all pages, part of the program.</summary>
public static class Stylesheet
{
    /// <summary>Where it is, without its version.</summary>
    public const string Path = "/assets/mila.css";

    private const string Forever = "public, max-age=31536000, immutable";
    private const string Shortly = "public, max-age=300";
    private static readonly ServedBytes Css = new(Read(), "text/css; charset=utf-8", Shortly);

    /// <summary>What pages link to: another version has another address, so that it may be kept for a year.</summary>
    public static string Href { get; } = $"{Path}?v={Css.Hash[..12]}";

    internal static Task ServeAsync(HttpContext context) =>
        Css.WriteAsync(context, context.Request.Query["v"] == Css.Hash[..12] ? Forever : Shortly);

    private static byte[] Read()
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("mila.css")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
