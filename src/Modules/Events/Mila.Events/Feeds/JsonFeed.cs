using System.Text.Encodings.Web;
using System.Text.Json;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;

namespace Mila.Events.Feeds;

/// <summary>JSON Feed 1.1 (jsonfeed.org), with what it has no words for under <c>_mila</c>.</summary>
internal static class JsonFeed
{
    private static readonly JsonSerializerOptions Options = new(JsonRules.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static FeedBytes Write(string path, string title, IReadOnlyList<Event> events) => new(
        JsonSerializer.SerializeToUtf8Bytes(new Feed("https://jsonfeed.org/version/1.1", title, "/agenda", $"/feeds/{path}.json", "fr", [.. events.Select(ItemOf)]), Options),
        "application/feed+json; charset=utf-8");

    private static Item ItemOf(Event e)
    {
        var scheduled = e.When as When.Scheduled;
        return new Item(
            $"urn:uuid:{e.Id}", $"/agenda/{e.Slug}", e.Texts.Title.Fr, e.Texts.Summary?.Fr ?? "", e.PublishedAt, e.UpdatedAt, e.Tags,
            new MilaItem(e.Id, e.Slug, e.Programme, e.Texts.Title, e.Texts.Summary, e.Status, (e.When as When.InMonth)?.Month, scheduled?.StartsAt, scheduled?.EndsAt, "Europe/Paris", e.Venue, e.Audience, e.CoHosts));
    }

    private sealed record Feed(
        string Version, string Title, [property: System.Text.Json.Serialization.JsonPropertyName("home_page_url")] string HomePageUrl,
        [property: System.Text.Json.Serialization.JsonPropertyName("feed_url")] string FeedUrl, string Language, IReadOnlyList<Item> Items);

    private sealed record Item(
        string Id, string Url, string Title, [property: System.Text.Json.Serialization.JsonPropertyName("content_text")] string ContentText,
        [property: System.Text.Json.Serialization.JsonPropertyName("date_published")] DateTimeOffset? DatePublished,
        [property: System.Text.Json.Serialization.JsonPropertyName("date_modified")] DateTimeOffset DateModified, IReadOnlyList<string> Tags,
        [property: System.Text.Json.Serialization.JsonPropertyName("_mila")] MilaItem Mila);

    private sealed record MilaItem(
        Guid Id, string Slug, string Programme, LocalizedText Title, LocalizedText? Summary, EventStatus Status, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
        string TimeZone, Venue? Venue, Audience Audience, IReadOnlyList<string> CoHosts);
}
