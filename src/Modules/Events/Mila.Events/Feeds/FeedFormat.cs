namespace Mila.Events.Feeds;

/// <summary>One format of the feeds.</summary>
internal sealed class FeedFormat
{
    public static readonly FeedFormat Json = new("json", "application/feed+json; charset=utf-8", JsonFeed.Write);
    public static readonly FeedFormat Ics = new("ics", "text/calendar; charset=utf-8", CalendarFeed.Write);
    public static readonly FeedFormat Atom = new("atom", "application/atom+xml; charset=utf-8", SyndicationFeeds.Atom);
    public static readonly FeedFormat Rss = new("rss", "application/rss+xml; charset=utf-8", SyndicationFeeds.Rss);
    public static readonly FeedFormat Csv = new("csv", "text/csv; charset=utf-8; header=present", CsvFeed.Write);

    private FeedFormat(string ending, string contentType, Func<FeedOutline, byte[]> write) => (Ending, ContentType, Write) = (ending, contentType, write);

    /// <summary>All five.</summary>
    public static IReadOnlyList<FeedFormat> All { get; } = [Json, Ics, Atom, Rss, Csv];

    /// <summary>What its address ends in: <c>ics</c>.</summary>
    public string Ending { get; }

    /// <summary>Its media type and charset.</summary>
    public string ContentType { get; }

    /// <summary>The media type alone.</summary>
    public string MediaType => ContentType[..ContentType.IndexOf(';', StringComparison.Ordinal)];

    /// <summary>Writes it.</summary>
    public Func<FeedOutline, byte[]> Write { get; }
}
