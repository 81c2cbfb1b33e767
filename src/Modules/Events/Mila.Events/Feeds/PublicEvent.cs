using System.Collections.Concurrent;
using Mila.BuildingBlocks.Time;
using Mila.Events.Agenda;

namespace Mila.Events.Feeds;

/// <summary>
/// What the public may see of one event at one revision, and nothing else of it. What takes long to write of it (its description, its lines in a
/// calendar) is written once and kept for as long as the event reads the same.
/// </summary>
internal sealed class PublicEvent
{
    /// <summary>How long the agenda says that a published event was called off.</summary>
    public static readonly TimeSpan KeptAfterCancellation = TimeSpan.FromDays(30);

    private readonly Event _event;
    private readonly ConcurrentDictionary<(string Form, string Language), string> _written = new();

    public PublicEvent(Event @event)
    {
        _event = @event;
        Months = MonthsOf(@event.When);
    }

    public Guid Id => _event.Id;

    /// <summary>Another one each time that the event is stored.</summary>
    public Guid Version => _event.Version;

    public string Slug => _event.Slug;

    /// <summary>Its page, from the root of the server.</summary>
    public string Path => $"/agenda/{_event.Slug}";

    public string Programme => _event.Programme;

    public EventStatus Status => _event.Status;

    public bool IsCancelled => _event.Status is EventStatus.Cancelled;

    public Cancellation? Cancellation => _event.Cancellation;

    public When When => _event.When;

    public When.Scheduled? Scheduled => _event.When as When.Scheduled;

    public string? Month => (_event.When as When.InMonth)?.Month;

    /// <summary>The months, <c>yyyy-MM</c> in Paris, that it touches.</summary>
    public IReadOnlyList<string> Months { get; }

    public string SortKey => _event.SortKey;

    public DateTimeOffset? PreviousStartsAt => _event.PreviousStartsAt;

    public Venue? Venue => _event.Venue;

    public Audience Audience => _event.Audience;

    public IReadOnlyList<string> CoHosts => _event.CoHosts;

    public IReadOnlyList<Speaker> Speakers => _event.Speakers;

    public IReadOnlyList<string> Tags => _event.Tags;

    public EventImage? Image => _event.Image;

    /// <summary>The recording, while everybody in it agrees.</summary>
    public string? ReplayUrl => _event.PublicReplayUrl;

    public int Sequence => _event.Sequence;

    public DateTimeOffset UpdatedAt => _event.UpdatedAt;

    public bool WasPublished => _event.PublishedAt is not null;

    public DateTimeOffset PublishedAt => _event.PublishedAt ?? _event.UpdatedAt;

    public EventTexts Texts => _event.Texts;

    /// <summary>Its title on one line.</summary>
    public string Title(string language) => Plain.Line(_event.Texts.Title.In(language));

    /// <summary>Its title, after <c>Annulé :</c> where it was called off: many readers show nothing else.</summary>
    public string Headline(string language) => IsCancelled ? Wording.Of(language).Say("Annulé : ", "Cancelled: ") + Title(language) : Title(language);

    /// <summary>Its description as safe HTML; empty without one.</summary>
    public string Html(string language) => Written("html", language, e => e.Texts.Summary is { } s ? Description.Html(s.In(language)) : "");

    /// <summary>Its description as plain text; empty without one.</summary>
    public string Text(string language) => Written("text", language, e => e.Texts.Summary is { } s ? Description.Text(s.In(language)) : "");

    /// <summary>Name and address on one line; null where it has neither.</summary>
    public string? Place => Venue is null ? null : string.Join(", ", new[] { Venue.Name, Venue.Address }.OfType<string>().Select(Plain.Line).Where(p => p.Length > 0)) is { Length: > 0 } place ? place : null;

    /// <summary>Whether it is over at an instant; a month is over with its last day.</summary>
    public bool IsOver(DateTimeOffset now) => When switch
    {
        When.Scheduled s => s.EndsAt <= now,
        When.InMonth m => string.CompareOrdinal(m.Month, ParisTime.DateOf(now).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)) < 0,
        _ => false,
    };

    /// <summary>When time alone changes how the agenda shows it: it leaves, 30 days after it was called off, or it is over.</summary>
    public IEnumerable<DateTimeOffset> Turns
    {
        get
        {
            if (Cancellation is { } cancellation) yield return cancellation.At + KeptAfterCancellation;
            if (Scheduled is { } scheduled) yield return scheduled.EndsAt;
        }
    }

    /// <summary>A form of it that is written once.</summary>
    public string Written(string form, string language, Func<PublicEvent, string> write)
    {
        if (_written.TryGetValue((form, language), out var known)) return known;

        return _written[(form, language)] = write(this);
    }

    private static string[] MonthsOf(When when)
    {
        if (when is When.InMonth month) return [month.Month];
        if (when is not When.Scheduled s) return [];

        var first = ParisTime.DateOf(s.StartsAt);
        var last = ParisTime.DateOf(s.EndsAt);
        var (from, to) = (first.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), last.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture));
        return from == to ? [from] : [from, to];
    }
}
