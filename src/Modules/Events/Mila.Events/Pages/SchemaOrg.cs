using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Feeds;

namespace Mila.Events.Pages;

/// <summary>Events in the words of schema.org, as JSON-LD. The default encoder writes <c>&lt;</c> as <c>\u003C</c>: nothing in it can end the script element.</summary>
internal static class SchemaOrg
{
    private const string Vocabulary = "https://schema.org";

    public static string Of(PublicEvent e, AgendaEdition edition, Wording wording)
    {
        var thing = Thing(e, edition, wording);
        thing.Insert(0, "@context", Vocabulary);
        return thing.ToJsonString();
    }

    public static string List(IEnumerable<PublicEvent> events, AgendaEdition edition, Wording wording) => new JsonObject
    {
        ["@context"] = Vocabulary,
        ["@type"] = "ItemList",
        ["itemListElement"] = new JsonArray([.. events.Select((e, i) => new JsonObject { ["@type"] = "ListItem", ["position"] = i + 1, ["item"] = Thing(e, edition, wording) })]),
    }.ToJsonString();

    private static JsonObject Thing(PublicEvent e, AgendaEdition edition, Wording wording)
    {
        var url = e.Partner?.Url ?? edition.Site.Url(e.Path);
        var thing = new JsonObject
        {
            ["@type"] = "Event",
            ["@id"] = url,
            ["url"] = url,
            ["name"] = e.Title(wording.Language),
            ["inLanguage"] = wording.Language,
            ["startDate"] = e.Month ?? Local(e.Scheduled!.StartsAt),
            ["eventStatus"] = $"{Vocabulary}/{(e.IsCancelled ? "EventCancelled" : e.PreviousStartsAt is null ? "EventScheduled" : "EventRescheduled")}",
            ["eventAttendanceMode"] = $"{Vocabulary}/{e.Venue?.Mode switch { VenueMode.Online => "OnlineEventAttendanceMode", VenueMode.Hybrid => "MixedEventAttendanceMode", _ => "OfflineEventAttendanceMode" }}",
            ["location"] = Location(e, url, wording),
            ["organizer"] = new JsonObject { ["@type"] = "Organization", ["name"] = e.Partner?.Name ?? "MILA", ["url"] = e.Partner?.Url ?? edition.Site.Url("/agenda") },
        };
        // What a partner asks for a seat is the partner's to say.
        if (e.Partner is null)
        {
            thing["isAccessibleForFree"] = true;
            thing["offers"] = new JsonObject
            {
                ["@type"] = "Offer",
                ["url"] = url,
                ["price"] = "0",
                ["priceCurrency"] = "EUR",
                ["availability"] = $"{Vocabulary}/{Availability(e, edition)}",
                ["validFrom"] = Local(e.PublishedAt),
            };
        }

        if (e.Scheduled is { } scheduled) thing["endDate"] = Local(scheduled.EndsAt);
        if (e.PreviousStartsAt is { } before) thing["previousStartDate"] = Local(before);
        if (e.Text(wording.Language) is { Length: > 0 } text) thing["description"] = text;
        if (e.Image is { } image) thing["image"] = image.Url;
        if (e.ReplayUrl is { } replay) thing["recordedIn"] = new JsonObject { ["@type"] = "VideoObject", ["name"] = e.Title(wording.Language), ["url"] = replay };
        var performers = e.Speakers.Where(s => s.Name is not null).Select(s => new JsonObject { ["@type"] = "Person", ["name"] = Plain.Line(s.Name!) }).ToArray<JsonNode>();
        if (performers.Length > 0) thing["performer"] = new JsonArray(performers);
        return thing;
    }

    private static string Availability(PublicEvent e, AgendaEdition edition) =>
        e.IsCancelled || e.IsOver(edition.At) ? "Discontinued" : !edition.IsFull(e) ? "InStock" : e.Venue?.Mode is VenueMode.Hybrid ? "LimitedAvailability" : "SoldOut";

    private static JsonNode Location(PublicEvent e, string url, Wording wording)
    {
        var online = new JsonObject { ["@type"] = "VirtualLocation", ["url"] = e.Venue?.Url ?? url };
        if (e.Venue?.Mode is VenueMode.Online) return online;

        var place = new JsonObject { ["@type"] = "Place", ["name"] = e.Where.Name ?? e.Where.Address ?? wording.UnknownPlace };
        if (e.Where.Address is { } address) place["address"] = address;
        else if (e.Partner is null) place["address"] = Whereabouts.City;
        return e.Venue?.Mode is VenueMode.Hybrid ? new JsonArray(place, online) : place;
    }

    private static string Local(DateTimeOffset at) => ParisTime.Shown(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
