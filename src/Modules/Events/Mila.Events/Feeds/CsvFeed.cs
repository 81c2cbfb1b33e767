using System.Globalization;
using CsvHelper;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;

namespace Mila.Events.Feeds;

/// <summary>Comma-separated values (RFC 4180) for spreadsheets: a cell that would be a formula there starts with an apostrophe (OWASP, CSV injection).</summary>
internal static class CsvFeed
{
    private static readonly string[] Columns =
        ["id", "slug", "url", "programme", "title", "status", "month", "startsAt", "endsAt", "timeZone", "mode", "venue", "address", "onlineUrl", "audience", "tags", "summary", "updatedAt", "partner"];

    private static readonly CsvWriterOptions Rules = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public static byte[] Write(FeedOutline feed)
    {
        var parts = new FeedParts();
        parts.Add(Record(Columns));
        foreach (var e in feed.Events) parts.Add(e.Written("csv", feed.Language, _ => Record(Cells(e, feed))));
        return parts.Join();
    }

    private static byte[] Record(string?[] cells)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Rules, leaveOpen: true)) csv.WriteRecord(cells);
        return bytes.ToArray();
    }

    private static string?[] Cells(PublicEvent e, FeedOutline feed) =>
    [
        e.Id.ToString(), e.Slug, feed.UrlOf(e), e.Programme, e.Title(feed.Language), e.Status.Word(), e.Month, Instant(e.Scheduled?.StartsAt), Instant(e.Scheduled?.EndsAt), "Europe/Paris",
        e.Venue?.Mode.Word(), e.Where.Name, e.Where.Address, e.Venue?.Url, e.Audience.Word(),
        string.Join("; ", e.Tags.Select(Plain.Line)), e.Text(feed.Language), Instant(e.UpdatedAt), e.Partner?.Code,
    ];

    private static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
