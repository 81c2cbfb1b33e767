using Mila.BuildingBlocks.Pages;

namespace Mila.Events.Embed;

/// <summary>The scripts and the style sheet that pages and other sites load, from the assembly itself.</summary>
internal static class EmbedAsset
{
    private static readonly ServedBytes Agenda = Load("agenda.js", "text/javascript; charset=utf-8");
    private static readonly ServedBytes Frame = Load("agenda-frame.js", "text/javascript; charset=utf-8");
    private static readonly ServedBytes Sheet = Load("agenda.css", "text/css; charset=utf-8");

    /// <summary>The element <c>mila-agenda</c>, which turns a list of links into the agenda.</summary>
    internal static Task Script(HttpContext context) => Agenda.WriteAsync(context);

    /// <summary>What tells the page around the frame how high it is.</summary>
    internal static Task FrameScript(HttpContext context) => Frame.WriteAsync(context);

    /// <summary>How the agenda looks.</summary>
    internal static Task StyleSheet(HttpContext context) => Sheet.WriteAsync(context);

    private static ServedBytes Load(string name, string contentType)
    {
        using var stream = typeof(EmbedAsset).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new ServedBytes(bytes, contentType, "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=86400");
    }
}
