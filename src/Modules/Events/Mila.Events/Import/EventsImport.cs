using System.Text.Json;
using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Programmes;
using Mila.Events.Registrations;
using Mila.Events.Rooms;

namespace Mila.Events.Import;

/// <summary>The <c>programmes</c> and <c>events</c> of a planned year (deploy/data/mila-2026.json).</summary>
internal sealed class EventsImport(TimeProvider clock) : IImportPart
{
    public IReadOnlyList<string> Sections => ["programmes", "events"];

    public async Task ImportAsync(ImportFile file, ImportReport report, IDocumentSession session, CancellationToken ct)
    {
        var programmes = (await session.Query<Programme>().ToListAsync(ct)).ToDictionary(p => p.Code, StringComparer.Ordinal);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in file.Items<ProgrammeItem>("programmes", report))
        {
            if (!codes.Add(item.Value.Code)) report.Fault(item.Pointer + "/code", "repeated", Languages.Say("Another programme of the file has this code.", "Un autre programme du fichier a ce code."));
            else ImportProgramme(item, programmes, report, session);
        }

        var events = (await session.Query<Event>().Where(e => e.Import != null).ToListAsync(ct)).ToDictionary(e => e.Import!.Key, StringComparer.Ordinal);
        var slugs = (await session.Query<Event>().Select(e => e.Slug).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in file.Items<EventItem>("events", report))
        {
            if (!programmes.ContainsKey(item.Value.Programme)) report.Fault(item.Pointer + "/programme", EventErrors.UnknownProgramme);
            else if (!seen.Add(item.Value.Key)) report.Fault(item.Pointer + "/title", "event-repeated", Languages.Say("This programme has an event of this title already.", "Ce programme a déjà un événement de ce titre."));
            else await ImportEventAsync(item, events, slugs, report, session, ct);
        }
    }

    private void ImportProgramme(ImportItem<ProgrammeItem> item, Dictionary<string, Programme> known, ImportReport report, IDocumentSession session)
    {
        var request = item.Value.ToRequest();
        if (!report.Accepts(item, new ProgrammeRequest.Validator(), request, item.Value.Names())) return;

        var existing = known.GetValueOrDefault(request.Code);
        if (!report.Applies("programmes", item, existing is not null, existing?.Import)) return;

        var now = clock.GetUtcNow();
        var programme = existing ?? Programme.Found(Guid.CreateVersion7(now), request.Code, request.ToPlan(), now);
        if (existing is not null) Correct(existing, request, report, now);
        programme.Import = new ImportMark(request.Code, item.Hash, Correction.Said(request));
        known[request.Code] = programme;
        session.Store(programme);
    }

    private static void Correct(Programme programme, ProgrammeRequest said, ImportReport report, DateTimeOffset now)
    {
        var before = ProgrammeRequest.Of(programme);
        var corrected = Correction.Of(programme.Import?.Said, said, before);
        if (report.Corrected("programmes", before, corrected)) programme.Replan(corrected.ToPlan(), now);
    }

    private async Task ImportEventAsync(ImportItem<EventItem> item, Dictionary<string, Event> known, HashSet<string> slugs, ImportReport report, IDocumentSession session, CancellationToken ct)
    {
        var request = item.Value.ToRequest();
        if (!report.Accepts(item, new EventRequest.Validator(), request, item.Value.Names())) return;

        var existing = known.GetValueOrDefault(item.Value.Key);
        var seats = existing is null ? null : await SeatPlan.FindAsync(session, existing.Id, ct);
        var over = existing?.Status is EventStatus.Cancelled or EventStatus.Held || seats is { ClosedAt: not null };
        if (!report.Applies("events", item, existing is not null, over ? existing!.Import! with { Hash = item.Hash } : existing?.Import)) return;

        var now = clock.GetUtcNow();
        var @event = existing;
        Error? refusal;
        if (existing is null) Event.Plan(Guid.CreateVersion7(now), NewSlug(request.Title.Fr, slugs), request.ToPlan(), now).Succeeded(out @event, out refusal);
        else if (existing.Replan(Corrected(request, existing).ToPlan(), now, seats).Succeeded(out var change, out refusal))
        {
            report.Corrected("events", change.Fields.Count > 0);
            if (existing.Status is EventStatus.Published && change.Fields.Count > 0) ChangeEvent.Tell(session, existing, change);
        }

        if (refusal is not null)
        {
            report.Fault(item.Pointer, refusal);
            return;
        }

        @event!.Import = new ImportMark(item.Value.Key, item.Hash, Correction.Said(request));
        session.Store(@event);
        if (existing is not null) await EventRoom.FollowAsync(session, @event, now, ct);
    }

    // The file speaks of months: what it says anew never undoes a day that people confirmed, nor the publication, nor a venue, nor what staff know of a speaker.
    private static EventRequest Corrected(EventRequest said, Event existing)
    {
        var corrected = Correction.Of(existing.Import?.Said, said, EventRequest.Of(existing));
        return corrected with
        {
            Status = existing.Status is EventStatus.Tentative ? corrected.Status : existing.Status,
            Month = existing.When is When.Scheduled ? null : corrected.Month,
            Venue = existing.Venue ?? corrected.Venue,
            Speakers = [.. corrected.Speakers!.Where(s => existing.Speakers.Contains(s) || s.Name is null || !existing.Speakers.Any(known => known.Name == s.Name && corrected.Speakers!.Contains(known)))],
        };
    }

    private static string NewSlug(string title, HashSet<string> taken)
    {
        var (slug, number) = (Slug.Of(title), 2);
        while (!taken.Add(number == 2 ? slug : $"{slug}-{number - 1}")) number++;
        return number == 2 ? slug : $"{slug}-{number - 1}";
    }

    /// <summary>A programme as the file says it.</summary>
    internal sealed record ProgrammeItem(
        string Code, string Label, string? Rhythm = null, string? Venue = null, string? ReplayOnYouTube = null, IReadOnlyList<string>? SpinOffs = null, int? Minutes = null,
        bool Hybrid = false, IReadOnlyList<string>? Fields = null, IReadOnlyList<string>? Themes = null, string? Season = null, int? WorkshopMinutes = null,
        int? NetworkingMinutesMin = null, int? NetworkingMinutesMax = null, string? SupportedBy = null, IReadOnlyList<string>? Occasions = null)
    {
        public ProgrammeRequest ToRequest() => new(Code, Label, Rhythm, Season, YearlyTarget(), Minutes ?? WorkshopMinutes, Themes ?? Fields ?? Occasions ?? SpinOffs, SupportedBy);

        /// <summary>What the request calls otherwise.</summary>
        public (string, string)[] Names() =>
        [
            ("/minutes", Minutes is null ? "/workshopMinutes" : "/minutes"), ("/yearlyTarget", "/rhythm"),
            ("/themes", Themes is not null ? "/themes" : Fields is not null ? "/fields" : Occasions is not null ? "/occasions" : "/spinOffs"),
        ];

        // "9 per year, usually on a Monday", "every 2 months", "1 event per month, …", "4 per year".
        private int? YearlyTarget() => (Rhythm ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var n, "per", "year", ..] when int.TryParse(n, out var count) => count,
            ["every", var n, "months", ..] when int.TryParse(n, out var months) && months > 0 => 12 / months,
            [var n, "event" or "events", "per", "month", ..] when int.TryParse(n, out var count) => 12 * count,
            _ => null,
        };
    }

    /// <summary>An event as the file says it: with a month at best, its words in French (what it says in codes becomes French tags), its speakers a list or <c>to be confirmed</c>.</summary>
    internal sealed record EventItem(
        string Programme, string Title, string? Month, EventStatus Status = EventStatus.Planned, [property: JsonConverter(typeof(SpeakersConverter))] IReadOnlyList<Speaker>? Speakers = null, string? Format = null, string? Venue = null,
        string? CoHost = null, Audience Audience = Audience.Members, string? Occasion = null, bool CallForArtists = false, int? ArtistsSelected = null, int? Days = null)
    {
        /// <summary>What makes it the same event when the file is imported again.</summary>
        public string Key => $"{Programme}/{Slug.Of(Title)}";

        public EventRequest ToRequest() => new(
            Programme, new LocalizedText(Title), Status: Status, Month: Month, Venue: Venue is null ? null : new Venue(VenueMode.OnSite, Venue), Audience: Audience,
            CoHosts: CoHost is null ? [] : [CoHost], Speakers: Speakers ?? [], Tags: TagList());

        /// <summary>What the request calls otherwise.</summary>
        public (string, string)[] Names() =>
            [("/title/fr", "/title"), ("/coHosts/0", "/coHost"), ("/venue/name", "/venue"), ("/tags/0", Format is null ? "/occasion" : "/format"), ("/tags/1", "/occasion")];

        private string[] TagList() =>
            [.. new[] { Format == "workshop" ? "atelier" : Format, Occasion, CallForArtists ? "appel à artistes" : null, Days is > 1 ? $"{Days} jours" : null }.OfType<string>()];
    }

    /// <summary>A list of speakers, or the words <c>to be confirmed</c>.</summary>
    internal sealed class SpeakersConverter : JsonConverter<IReadOnlyList<Speaker>>
    {
        public override IReadOnlyList<Speaker> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String when reader.GetString() == "to be confirmed" => [],
            JsonTokenType.StartArray => List(ref reader, options),
            _ => throw new JsonException("A list of speakers, or \"to be confirmed\"."),
        };

        // A reader within the reader takes the list for the whole: its places begin there.
        private static List<Speaker> List(ref Utf8JsonReader reader, JsonSerializerOptions options)
        {
            try
            {
                return JsonSerializer.Deserialize<List<Speaker>>(ref reader, options)!;
            }
            catch (JsonException e) when (e.Path is ['$', ..])
            {
                var placed = new JsonException(e.Message, "$.speakers" + e.Path[1..], e.LineNumber, e.BytePositionInLine, e);
                foreach (var key in e.Data.Keys) placed.Data[key] = e.Data[key];
                throw placed;
            }
        }

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<Speaker> value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
    }
}
