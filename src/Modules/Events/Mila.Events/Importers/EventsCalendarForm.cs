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

/// <summary>A page of the agenda in the shape of The Events Calendar's REST API (<c>/wp-json/tribe/events/v1/events</c>), read-only. Events without a day have no place in it.</summary>
/// <param name="Filter">Which events, and the language.</param>
/// <param name="From">The first day in Paris; null from the beginning.</param>
/// <param name="To">The last day in Paris; null to the end.</param>
/// <param name="Page">Which page, from 1.</param>
/// <param name="PerPage">Events a page.</param>
/// <param name="Categories">Codes of programmes, in order and without repetition, joined by commas; null for all.</param>
internal sealed record EventsCalendarForm(AgendaFilter Filter, DateOnly? From, DateOnly? To, int Page, int PerPage, string? Categories = null) : AgendaForm
{
    /// <summary>Where it stands, from the root of the server.</summary>
    public const string Path = "/wp-json/tribe/events/v1/events";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public override ServedBytes Write(AgendaEdition edition)
    {
        var found = Found(edition).ToList();
        var pages = (found.Count + PerPage - 1) / PerPage;
        Entry[] events = [.. found.Skip((Page - 1) * PerPage).Take(PerPage).Select(e => EntryOf(e, e.Scheduled!, edition, Filter.Language))];
        return new ServedBytes(
            JsonSerializer.SerializeToUtf8Bytes(
                new Answer(events, Address(edition, Page), Page < pages ? Address(edition, Page + 1) : null, Page > 1 ? Address(edition, Page - 1) : null, found.Count, pages), Options),
            "application/json; charset=utf-8", Caching, edition.LastModified);
    }

    /// <summary>One event, which has a day.</summary>
    public static byte[] One(PublicEvent e, AgendaEdition edition) => JsonSerializer.SerializeToUtf8Bytes(EntryOf(e, e.Scheduled!, edition, "fr"), Options);

    /// <summary>How many there are on all pages.</summary>
    public int Count(AgendaEdition edition) => Found(edition).Count();

    private IEnumerable<PublicEvent> Found(AgendaEdition edition)
    {
        var programmes = Categories?.Split(',');
        return edition.Select(Filter).Where(e =>
            e.Partner is null && e.Scheduled is { } s && (programmes is null || programmes.Contains(e.Programme, StringComparer.Ordinal))
            && (From is not { } from || ParisTime.DateOf(s.EndsAt) >= from) && (To is not { } to || ParisTime.DateOf(s.StartsAt) <= to));
    }

    private string Address(AgendaEdition edition, int page)
    {
        var dates = (From is { } from ? $"&start_date={from:yyyy-MM-dd}" : "") + (To is { } to ? $"&end_date={to:yyyy-MM-dd}" : "");
        var categories = Categories is null ? "" : "&categories=" + Categories;
        return edition.Site.Url(string.Create(CultureInfo.InvariantCulture, $"{Path}?page={page}&per_page={PerPage}{dates}{categories}"));
    }

    private static Entry EntryOf(PublicEvent e, When.Scheduled when, AgendaEdition edition, string language)
    {
        var number = OpenAgendaForm.NumberOf(e.Id);
        var url = edition.Site.Url(e.Path);
        var (start, end) = (ParisTime.Shown(when.StartsAt), ParisTime.Shown(when.EndsAt));
        var venue = e.Where is { Mode: not VenueMode.Online, Line: not null } where ? new Venue(number, where.Name ?? where.Address!, where.Address ?? "", "France") : null;
        return new Entry(
            number, [e.Id.ToString()], "publish", Stamp(ParisTime.Shown(e.PublishedAt)), Stamp(e.PublishedAt.ToUniversalTime()), Stamp(ParisTime.Shown(e.UpdatedAt)), Stamp(e.UpdatedAt.ToUniversalTime()), url,
            string.Create(CultureInfo.InvariantCulture, $"{edition.Site.Url(Path)}/{number}"), FeedOutline.Encoder.Encode(e.Headline(language)), e.Html(language, edition.Site), FeedOutline.Encoder.Encode(e.Text(language)), e.Slug,
            e.Image is { } image ? new Picture(image.Url, image.Width, image.Height) : false, AllDay: false, Stamp(start), Details.Of(start), Stamp(end), Details.Of(end), Stamp(when.StartsAt.ToUniversalTime()), Details.Of(when.StartsAt.ToUniversalTime()),
            Stamp(when.EndsAt.ToUniversalTime()), Details.Of(when.EndsAt.ToUniversalTime()), ParisTime.ZoneId, start.Offset == TimeSpan.FromHours(2) ? "CEST" : "CET", "", e.Venue?.Url ?? url, e.IsCancelled ? "canceled" : "scheduled",
            e.Venue?.Mode is VenueMode.Online or VenueMode.Hybrid, [new Term(e.Programme, edition.LabelOf(e.Programme))], [.. e.Tags.Select(t => new Term(Mila.BuildingBlocks.Values.Slugs.Of(t, "tag"), Plain.Line(t)))],
            venue is null ? Array.Empty<Venue>() : venue, [new Organizer("MILA", edition.Site.Url("/agenda"))]);
    }

    private static string Stamp(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private sealed record Answer(
        IReadOnlyList<Entry> Events, string RestUrl, string? NextRestUrl, string? PreviousRestUrl, int Total, int TotalPages);

    /// <summary>Its <c>image</c> is false without one, and its <c>venue</c> an empty list: that is how PHP says it.</summary>
    private sealed record Entry(
        long Id, IReadOnlyList<string> GlobalIdLineage, string Status, string Date, string DateUtc, string Modified, string ModifiedUtc, string Url, string RestUrl, string Title, string Description, string Excerpt,
        string Slug, object Image, bool AllDay, string StartDate, Details StartDateDetails, string EndDate, Details EndDateDetails, string UtcStartDate, Details UtcStartDateDetails, string UtcEndDate,
        Details UtcEndDateDetails, string Timezone, string TimezoneAbbr, string Cost, string Website, string EventStatus, bool IsVirtual, IReadOnlyList<Term> Categories, IReadOnlyList<Term> Tags, object Venue,
        IReadOnlyList<Organizer> Organizer);

    private sealed record Picture(string Url, int? Width, int? Height);

    private sealed record Details(string Year, string Month, string Day, string Hour, string Minutes, string Seconds)
    {
        public static Details Of(DateTimeOffset at)
        {
            var invariant = CultureInfo.InvariantCulture;
            return new(at.ToString("yyyy", invariant), at.ToString("MM", invariant), at.ToString("dd", invariant), at.ToString("HH", invariant), at.ToString("mm", invariant), at.ToString("ss", invariant));
        }
    }

    private sealed record Term(string Slug, string Name);

    private sealed record Venue(long Id, [property: JsonPropertyName("venue")] string Name, string Address, string Country);

    private sealed record Organizer([property: JsonPropertyName("organizer")] string Name, string Website);
}

/// <summary>One event in that shape, at the address that its list names as <c>rest_url</c>.</summary>
/// <param name="Slug">Its slug, which the agenda knows.</param>
internal sealed record EventsCalendarEntryForm(string Slug) : AgendaForm
{
    public override ServedBytes Write(AgendaEdition edition) => new(EventsCalendarForm.One(edition.Find(Slug)!, edition), "application/json; charset=utf-8", Caching, edition.LastModified);
}
