using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;

namespace Mila.Events.Feeds;

/// <summary>JSON Feed 1.1 (jsonfeed.org), with what it has no words for under <c>_mila</c>.</summary>
internal static class JsonFeed
{
    private static readonly JsonSerializerOptions Options = new(JsonRules.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly byte[] Items = [.. ",\"items\":["u8], Comma = [.. ","u8], End = [.. "]}"u8];

    public static byte[] Write(FeedOutline feed)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(
            new Head("https://jsonfeed.org/version/1.1", feed.Title, feed.Url(feed.HomePath), feed.Url(feed.PathOf("json")), feed.Language, [new Author("MILA", feed.Url("/agenda"))]), Options);
        var parts = new FeedParts();
        parts.Add(head.AsMemory(..^1));
        parts.Add(Items);
        for (var i = 0; i < feed.Events.Count; i++)
        {
            if (i > 0) parts.Add(Comma);
            parts.Add(feed.Events[i].Written(feed.IsFull(feed.Events[i]) ? "json-full" : "json", feed.Language, e => JsonSerializer.SerializeToUtf8Bytes(ItemOf(e, feed), Options)));
        }

        parts.Add(End);
        return parts.Join();
    }

    private static Item ItemOf(PublicEvent e, FeedOutline feed)
    {
        return new Item(
            $"urn:uuid:{e.Id}", feed.UrlOf(e), e.Headline(feed.Language), feed.TextOf(e), feed.HtmlOf(e), e.Image?.Url, e.PublishedAt, e.UpdatedAt, [.. e.Tags.Select(Plain.Line)],
            new MilaItem(
                e.Id, e.Partner is null ? e.Slug : null, e.Partner is null ? e.Programme : null, e.Texts.Title, e.Texts.Summary, e.Status, e.Month, e.Scheduled?.StartsAt, e.Scheduled?.EndsAt, e.PreviousStartsAt, "Europe/Paris", e.Venue, e.Audience,
                e.CoHosts, [.. e.Speakers.Select(s => new PublicSpeaker(s.Name, s.Role, s.Organisation))], e.Image, e.ReplayUrl, e.Cancellation?.Reason, e.Sequence, feed.IsFull(e), e.Partner));
    }

    private sealed record Head(
        string Version, string Title, [property: JsonPropertyName("home_page_url")] string HomePageUrl, [property: JsonPropertyName("feed_url")] string FeedUrl, string Language,
        IReadOnlyList<Author> Authors);

    private sealed record Author(string Name, string Url);

    private sealed record Item(
        string Id, string Url, string Title, [property: JsonPropertyName("content_text")] string ContentText, [property: JsonPropertyName("content_html")] string ContentHtml,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Image, [property: JsonPropertyName("date_published")] DateTimeOffset DatePublished,
        [property: JsonPropertyName("date_modified")] DateTimeOffset DateModified, IReadOnlyList<string> Tags, [property: JsonPropertyName("_mila")] MilaItem Mila);

    private sealed record MilaItem(
        Guid Id, string? Slug, string? Programme, LocalizedText Title, LocalizedText? Summary, EventStatus Status, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
        DateTimeOffset? PreviousStartDate, string TimeZone, Venue? Venue, Audience Audience, IReadOnlyList<string> CoHosts, IReadOnlyList<PublicSpeaker> Speakers, EventImage? Image,
        string? ReplayUrl, LocalizedText? CancellationReason, int Sequence, bool Full, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PublicPartner? Partner);

    /// <summary>Who may be filmed is between them and MILA.</summary>
    private sealed record PublicSpeaker(string? Name, string? Role, string? Organisation);
}
