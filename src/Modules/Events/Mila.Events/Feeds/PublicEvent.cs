using System.Collections.Concurrent;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.PartnerEvents;

namespace Mila.Events.Feeds;

/// <summary>
/// What the public may see of one event at one revision, and nothing else of it. What takes long to write of it (its description, its lines in a
/// calendar) is written once and kept for as long as the event reads the same.
/// </summary>
internal sealed class PublicEvent
{
    /// <summary>How long the agenda says that a published event was called off.</summary>
    public static readonly TimeSpan KeptAfterCancellation = TimeSpan.FromDays(30);

    /// <summary>How long it shows what took place: a season and a month. Older events are at their own pages.</summary>
    public static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(400);

    // Made for those of which something is written: an agenda of a hundred thousand past events is read, and hardly any of it asked for.
    private ConcurrentDictionary<(string Form, string Language), object>? _written;

    public PublicEvent(Event e, Alike? alike = null)
    {
        alike ??= new Alike();
        (Id, Version, Slug, Programme, Texts, Status, When) = (e.Id, e.Version, e.Slug, alike.Of(e.Programme), e.Texts, e.Status, e.When);
        (Cancellation, PreviousStartsAt, Audience, Venue) = (e.Cancellation, e.PreviousStartsAt, e.Audience, Told(e.Venue, e.Audience) is { } told ? alike.Of(told) : null);
        (CoHosts, Speakers, Tags, Months) = (alike.All(e.CoHosts), alike.All(e.Speakers), alike.All(e.Tags), alike.All(MonthsOf(e.When)));
        (Image, ReplayUrl, Sequence, UpdatedAt, WasPublished, PublishedAt) = (e.Image, e.PublicReplayUrl, e.Sequence, e.UpdatedAt, e.PublishedAt is not null, e.PublishedAt ?? e.UpdatedAt);
    }

    /// <summary>An event of a partner's, as the agenda shows it: marked as the partner's, and leading to the partner's page.</summary>
    public PublicEvent(KnownPartnerEvent e, PartnerEventSaid said, PublicPartner partner)
    {
        (Id, Version, Slug, Programme, Texts, Status, When) = (e.Id, e.Version, "", "", said.Texts, said.Cancellation is null ? EventStatus.Published : EventStatus.Cancelled, said.When);
        (Cancellation, Venue, Audience, CoHosts, Speakers, Tags) = (said.Cancellation, Shown(said.Venue, said.Audience), said.Audience, [], [], said.Tags);
        (Sequence, UpdatedAt, WasPublished, PublishedAt) = (said.Moves, e.UpdatedAt, true, said.FirstPushedAt);
        Months = MonthsOf(said.When);
        Partner = partner with { Url = said.Url };
    }

    public Guid Id { get; }

    /// <summary>Another one each time that the event is stored.</summary>
    public Guid Version { get; }

    /// <summary>Empty for a partner's event, which has no page here.</summary>
    public string Slug { get; }

    /// <summary>Its page, from the root of the server.</summary>
    public string Path => $"/agenda/{Slug}";

    /// <summary>Empty for a partner's event, which is of no programme.</summary>
    public string Programme { get; }

    /// <summary>Whose event it is; null for MILA's own.</summary>
    public PublicPartner? Partner { get; }

    public EventStatus Status { get; }

    public bool IsCancelled => Status is EventStatus.Cancelled;

    public Cancellation? Cancellation { get; }

    public When When { get; }

    public When.Scheduled? Scheduled => When as When.Scheduled;

    public string? Month => (When as When.InMonth)?.Month;

    /// <summary>The months, <c>yyyy-MM</c> in Paris, that it touches.</summary>
    public IReadOnlyList<string> Months { get; }

    public string SortKey => When.SortKey;

    public DateTimeOffset? PreviousStartsAt { get; }

    /// <summary>Where, without the link by which one takes part when that is not for everybody: it is mailed to those who are registered.</summary>
    public Venue? Venue { get; }

    public Audience Audience { get; }

    public IReadOnlyList<string> CoHosts { get; }

    public IReadOnlyList<Speaker> Speakers { get; }

    public IReadOnlyList<string> Tags { get; }

    public EventImage? Image { get; }

    /// <summary>The recording, while everybody in it agrees.</summary>
    public string? ReplayUrl { get; }

    public int Sequence { get; }

    public DateTimeOffset UpdatedAt { get; }

    public bool WasPublished { get; }

    public DateTimeOffset PublishedAt { get; }

    public EventTexts Texts { get; }

    /// <summary>The address of its page in a language: the partner's own for a partner's event.</summary>
    public string Link(AgendaSite site, string language) => Partner?.Url ?? site.Url(Path) + (language == "en" ? "?lang=en" : "");

    /// <summary>Its title on one line.</summary>
    public string Title(string language) => Plain.Line(Texts.Title.In(language));

    /// <summary>Its title, after <c>Annulé :</c> where it was called off, and with the name of the partner whose it is: many readers show nothing else.</summary>
    public string Headline(string language) => (IsCancelled ? Wording.Of(language).Say("Annulé : ", "Cancelled: ") : "") + Title(language) + (Partner is { } p ? $" ({p.Name})" : "");

    /// <summary>Its description as safe HTML; empty without one.</summary>
    public string Html(string language, AgendaSite site) => Written("html", language, e => e.Texts.Summary is { } s ? Description.Html(s.In(language), site.Url("/agenda")) : "");

    /// <summary>Its description as plain text; empty without one.</summary>
    public string Text(string language) => Written("text", language, e => e.Texts.Summary is { } s ? Description.Text(s.In(language)) : "");

    /// <summary>Where it takes place, in all words that are said of it.</summary>
    public Whereabouts Where => Whereabouts.Of(Venue);

    /// <summary>Name and address on one line; null where it has neither.</summary>
    public string? Place => Where.Line;

    /// <summary>Whether it is over at an instant; a month is over with its last day.</summary>
    public bool IsOver(DateTimeOffset now) => When switch
    {
        When.Scheduled s => s.EndsAt <= now,
        When.InMonth m => string.CompareOrdinal(m.Month, ParisTime.DateOf(now).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)) < 0,
        _ => false,
    };

    /// <summary>Whether it has begun at an instant; from then on nobody waits for a seat.</summary>
    public bool HasBegun(DateTimeOffset now) => Scheduled is { } s && s.StartsAt <= now;

    /// <summary>When it leaves the agenda: some time after it was called off, or after its end, or that of its month.</summary>
    public DateTimeOffset? LeavesAt => Cancellation is { } cancellation ? cancellation.At + KeptAfterCancellation : When switch
    {
        When.Scheduled s => s.EndsAt + KeptAfterEnd,
        When.InMonth m => ParisTime.StartOf(DateOnly.ParseExact(m.Month + "-01", "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).AddMonths(1)) + KeptAfterEnd,
        _ => null,
    };

    /// <summary>When time alone changes how the agenda shows it: it leaves, it is over, or it begins, and with that its line ends.</summary>
    public IEnumerable<DateTimeOffset> Turns
    {
        get
        {
            if (LeavesAt is { } leaves) yield return leaves;
            if (Scheduled is not { } scheduled) yield break;

            yield return scheduled.StartsAt;
            yield return scheduled.EndsAt;
        }
    }

    /// <summary>A form of it that is written once: text, or bytes as they are served, which take half as much.</summary>
    public T Written<T>(string form, string language, Func<PublicEvent, T> write)
        where T : class
    {
        var written = _written ?? Interlocked.CompareExchange(ref _written, new(concurrencyLevel: 1, capacity: 7), null) ?? _written;
        if (written.TryGetValue((form, language), out var known)) return (T)known;

        var fresh = write(this);
        written[(form, language)] = fresh;
        return fresh;
    }

    /// <summary>What everybody may know of a venue: the link to take part is mailed to those who are registered, unless the event is for all.</summary>
    public static Venue? Shown(Venue? venue, Audience audience) => venue is { Url: not null } && audience is not Audience.Public ? venue with { Url = null } : venue;

    /// <summary>What everybody is told of the venue of an event of ours.</summary>
    public static Venue? Told(Venue? venue, Audience audience) => Housed(Shown(venue, audience));

    /// <summary>With the house's name and address where the venue is one of its rooms and says no more.</summary>
    private static Venue? Housed(Venue? venue) => venue is { SpaceCode: not null } && Whereabouts.Of(venue) is { } where ? venue with { Name = where.Name, Address = where.Address } : venue;

    private static string[] MonthsOf(When when)
    {
        if (when is When.InMonth open) return [open.Month];
        if (when is not When.Scheduled s) return [];

        // The longest touches three: from 31 January to 3 March.
        var (first, last) = (ParisTime.DateOf(s.StartsAt), ParisTime.DateOf(s.EndsAt));
        var months = new List<string>();
        for (var month = new DateOnly(first.Year, first.Month, 1); month <= last; month = month.AddMonths(1)) months.Add(month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture));
        return [.. months];
    }
}

/// <summary>The partner whose event it is.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name on one line.</param>
/// <param name="Url">Its page of the event.</param>
internal sealed record PublicPartner(string Code, string Name, string Url);
