using Markdig;
using Markdig.Extensions.AutoLinks;

namespace Mila.BuildingBlocks.Values;

/// <summary>Markdown as everybody here reads it: HTML in it is text, and an address is a link.</summary>
public static class MarkdownText
{
    /// <summary>How it is read.</summary>
    public static MarkdownPipeline Pipeline { get; } = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks(new AutoLinkOptions { ValidPreviousCharacters = "*_~(\n " }).Build();

    /// <summary>Whether it can be shown: a quote in a quote, 128 deep, cannot, nor can a list or emphasis.</summary>
    public static bool CanBeShown(string markdown)
    {
        try
        {
            Markdown.ToHtml(Plain.Lines(markdown), Pipeline);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
