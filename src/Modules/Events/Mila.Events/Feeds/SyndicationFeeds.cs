using System.ServiceModel.Syndication;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;

namespace Mila.Events.Feeds;

/// <summary>
/// Atom 1.0 (RFC 4287) and RSS 2.0 (rssboard.org), newest announcement first as their readers expect. RSS dates have the offset of Paris in digits: the library
/// writes UTC as <c>Z</c>, which RFC 2822 (section 4.3) calls obsolete and validators complain of.
/// </summary>
internal static class SyndicationFeeds
{
    private static readonly XNamespace Atom10 = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";
    private static readonly XmlWriterSettings Xml = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = true };

    public static byte[] Atom(FeedOutline outline)
    {
        var feed = FeedOf(outline, "atom", "application/atom+xml");
        feed.Id = outline.Url(outline.PathOf("atom"));
        return Write(new Atom10FeedFormatter(feed));
    }

    public static byte[] Rss(FeedOutline outline)
    {
        var feed = FeedOf(outline, "rss", "application/rss+xml");
        feed.Language = outline.Language;
        feed.LastUpdatedTime = ParisTime.Shown(feed.LastUpdatedTime);
        feed.Authors.Clear();
        return Write(new Rss20FeedFormatter(feed, serializeExtensionsAsAtom: false));
    }

    private static SyndicationFeed FeedOf(FeedOutline outline, string ending, string type)
    {
        var rss = ending == "rss";
        var feed = new SyndicationFeed(outline.Title, Wording.Of(outline.Language).Say("L'agenda de MILA", "MILA's agenda"), new Uri(outline.Url(outline.HomePath)))
        {
            LastUpdatedTime = outline.ChangedAt,
            Items = outline.Events.OrderByDescending(e => e.PublishedAt).ThenBy(e => e.Id).Select(e => ItemOf(e, outline, rss)),
        };
        feed.Authors.Add(new SyndicationPerson { Name = "MILA", Uri = outline.Url("/agenda") });
        var self = outline.Url(outline.PathOf(ending));
        if (rss)
        {
            feed.ElementExtensions.Add(SelfLink(self, type));
        }
        else
        {
            feed.Links.Add(new SyndicationLink(new Uri(self), "self", null, type, 0));
        }

        return feed;
    }

    // RSS has a link of its own: this one has a prefix, so that no reader takes it for that.
    private static XElement SelfLink(string self, string type) =>
        new(Atom10 + "link", new XAttribute(XNamespace.Xmlns + "atom", Atom10.NamespaceName), new XAttribute("href", self), new XAttribute("rel", "self"), new XAttribute("type", type));

    private static SyndicationItem ItemOf(PublicEvent e, FeedOutline outline, bool rss)
    {
        var url = outline.UrlOf(e);
        var html = e.Written("feed-html", outline.Language, outline.HtmlOf);
        var item = new SyndicationItem { Id = $"urn:uuid:{e.Id}", Title = new TextSyndicationContent(e.Headline(outline.Language)), PublishDate = rss ? ParisTime.Shown(e.PublishedAt) : e.PublishedAt, LastUpdatedTime = e.UpdatedAt };
        if (rss) item.Summary = new TextSyndicationContent(html, TextSyndicationContentKind.Html);
        else item.Content = new TextSyndicationContent(html, TextSyndicationContentKind.Html);
        item.Links.Add(rss ? SyndicationLink.CreateAlternateLink(new Uri(url)) : SyndicationLink.CreateAlternateLink(new Uri(url), "text/html"));
        item.Categories.Add(new SyndicationCategory(e.Partner?.Code ?? e.Programme));
        foreach (var tag in e.Tags.Select(Plain.Line).Where(t => t.Length > 0)) item.Categories.Add(new SyndicationCategory(tag));
        if (e.Image is { } image && rss) item.ElementExtensions.Add(Picture(image, outline.Language));
        else if (e.Image is { } shown) item.Links.Add(new SyndicationLink(new Uri(shown.Url), "enclosure", Plain.Line(shown.Alt.In(outline.Language)), MediaTypeOf(shown.Url), 0));
        return item;
    }

    // RSS's own enclosure needs a length, which nobody knows; readers of RSS look for this (Media RSS 1.5.1).
    private static XElement Picture(EventImage image, string language) => new(
        Media + "content", new XAttribute(XNamespace.Xmlns + "media", Media.NamespaceName), new XAttribute("url", image.Url), new XAttribute("medium", "image"),
        image.Width is { } width ? new XAttribute("width", width) : null, image.Height is { } height ? new XAttribute("height", height) : null,
        new XElement(Media + "description", new XAttribute("type", "plain"), Plain.Line(image.Alt.In(language))));

    // By its ending, where that is one of pictures: the picture itself is never asked for.
    private static string? MediaTypeOf(string url) => Path.GetExtension(new Uri(url).AbsolutePath).ToUpperInvariant() switch
    {
        ".JPG" or ".JPEG" => "image/jpeg",
        ".PNG" => "image/png",
        ".WEBP" => "image/webp",
        ".AVIF" => "image/avif",
        ".GIF" => "image/gif",
        ".SVG" => "image/svg+xml",
        _ => null,
    };

    private static byte[] Write(SyndicationFeedFormatter formatter)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Xml)) formatter.WriteTo(xml);
        return bytes.ToArray();
    }
}
