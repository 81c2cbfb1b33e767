using Ganss.Xss;
using Markdig;
using Markdig.Syntax;
using Mila.BuildingBlocks.Values;

namespace Mila.Events.Feeds;

/// <summary>Markdown that staff or a partner typed, as HTML that is safe in any page and as plain text. What stands too deep in one another to be read as Markdown is shown as it was typed.</summary>
internal static class Description
{
    private const string Elements = "p br strong em del ul ol li blockquote code pre h2 h3 h4 h5 h6 hr a";

    // It parses with AngleSharp, which is not safe to share between threads.
    [ThreadStatic]
    private static HtmlSanitizer? _sanitizer;

    /// <summary>HTML without scripts, styles, images (they would call on others), forms or frames; headings start at the second level and skip none.</summary>
    /// <param name="markdown">As it was typed.</param>
    /// <param name="at">The absolute address from which relative links lead on, wherever the text is read.</param>
    public static string Html(string markdown, string at)
    {
        var lines = Plain.Lines(markdown);
        try
        {
            var document = Markdown.Parse(lines, MarkdownText.Pipeline);
            var before = 1;
            foreach (var heading in document.Descendants<HeadingBlock>()) before = heading.Level = Math.Min(Math.Min(heading.Level + 1, before + 1), 6);
            return (_sanitizer ??= NewSanitizer()).Sanitize(document.ToHtml(MarkdownText.Pipeline), at).Trim();
        }
        catch (ArgumentException)
        {
            return $"<p>{FeedOutline.Encoder.Encode(lines).Replace("&#xA;", "\n", StringComparison.Ordinal)}</p>";
        }
    }

    /// <summary>The words alone.</summary>
    public static string Text(string markdown)
    {
        var lines = Plain.Lines(markdown);
        try
        {
            return Plain.Lines(Markdown.ToPlainText(lines, MarkdownText.Pipeline));
        }
        catch (ArgumentException)
        {
            return lines;
        }
    }

    private static HtmlSanitizer NewSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(Elements.Split(' '), StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(["href", "start"], StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(["https", "http", "mailto", "tel"], StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href"], StringComparer.OrdinalIgnoreCase),
        });
        sanitizer.PostProcessNode += (_, e) =>
        {
            if (e.Node is AngleSharp.Html.Dom.IHtmlAnchorElement link) link.SetAttribute("rel", "nofollow noopener");
        };
        return sanitizer;
    }
}
