using System.Buffers.Binary;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Feeds;

namespace Mila.Events.Importers;

/// <summary>The agenda in the shape of OpenAgenda's <c>events.v2.json</c> (developers.openagenda.com), so that what imports from there imports from here. Events without a day have no place in it.</summary>
internal sealed record OpenAgendaForm(AgendaFilter Filter) : AgendaForm
{
    private const string Zone = ParisTime.ZoneId;
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public override ServedBytes Write(AgendaEdition edition)
    {
        Entry[] events = [.. edition.Select(Filter).Where(e => e is { Scheduled: not null, Partner: null }).Select(e => EntryOf(e, e.Scheduled!, edition))];
        return new ServedBytes(JsonSerializer.SerializeToUtf8Bytes(new Answer(events.Length, events, [], Success: true), Options), "application/json; charset=utf-8", Caching, edition.LastModified);
    }

    private static Entry EntryOf(PublicEvent e, When.Scheduled when, AgendaEdition edition)
    {
        var timing = new Timing(Local(when.StartsAt), Local(when.EndsAt));
        var venue = e.Venue;
        return new Entry(
            NumberOf(e.Id), e.Slug, Texts(e.Title), Texts(l => First(e.Text(l), 200)), Texts(e.Text), Texts(l => e.Html(l, edition.Site)), new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["fr"] = [.. e.Tags.Select(Plain.Line)] },
            Texts(l => Wording.Of(l).Time(e.When)), [timing], timing, timing, Zone, venue?.Mode switch { VenueMode.Online => 2, VenueMode.Hybrid => 3, _ => 1 }, venue?.Url,
            venue?.Mode is VenueMode.Online ? null : new Location(NumberOf(e.Id), e.Where.Name ?? e.Where.Address ?? Wording.French.UnknownPlace, e.Where.Address ?? Whereabouts.City, "FR", Zone),
            StatusOf(e, edition), State: 2, Featured: false, e.Image is { } image ? Picture.Of(image) : null, e.Image is { } i ? Texts(l => Plain.Line(i.Alt.In(l))) : null,
            e.PublishedAt, e.UpdatedAt, edition.Site.Url(e.Path), new Agenda("MILA", "mila"));
    }

    /// <summary>1 as planned, 2 moved, 5 full, 6 cancelled.</summary>
    private static int StatusOf(PublicEvent e, AgendaEdition edition) => e.IsCancelled ? 6 : edition.IsFull(e) && e.Venue?.Mode is not VenueMode.Hybrid ? 5 : e.PreviousStartsAt is null ? 1 : 2;

    private static LocalizedText Texts(Func<string, string> text) => new(text("fr"), text("en"));

    private static string First(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static string Local(DateTimeOffset at) => ParisTime.Shown(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>OpenAgenda counts; 53 bits of the id are as stable, and exact in JavaScript.</summary>
    internal static long NumberOf(Guid id) => (long)(BinaryPrimitives.ReadUInt64BigEndian(System.IO.Hashing.XxHash64.Hash(id.ToByteArray())) >> 11);

    private sealed record Answer(int Total, IReadOnlyList<Entry> Events, IReadOnlyList<string> Sort, bool Success);

    private sealed record Entry(
        long Uid, string Slug, LocalizedText Title, LocalizedText Description, LocalizedText LongDescription, LocalizedText Html, IReadOnlyDictionary<string, IReadOnlyList<string>> Keywords, LocalizedText DateRange,
        IReadOnlyList<Timing> Timings, Timing FirstTiming, Timing LastTiming, string Timezone, int AttendanceMode, string? OnlineAccessLink, Location? Location, int Status, int State, bool Featured,
        Picture? Image, LocalizedText? ImageAlt, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string CanonicalUrl, Agenda OriginAgenda);

    private sealed record Timing(string Begin, string End);

    private sealed record Location(long Uid, string Name, string Address, string CountryCode, string Timezone);

    /// <summary>Its address is <c>base</c> and <c>filename</c>, one after the other.</summary>
    private sealed record Picture(string Base, string Filename, Size? Size)
    {
        public static Picture Of(EventImage image)
        {
            var folder = image.Url.LastIndexOf('/', image.Url.IndexOfAny(['?', '#']) is var end and > 0 ? end : image.Url.Length - 1) + 1;
            return new(image.Url[..folder], image.Url[folder..], image is { Width: { } width, Height: { } height } ? new Size(width, height) : null);
        }
    }

    private sealed record Size(int Width, int Height);

    private sealed record Agenda(string Title, string Slug);
}
