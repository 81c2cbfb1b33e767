using Mila.Events.Agenda;
using Mila.Events.Programmes;

namespace Mila.Events.Feeds;

/// <summary>The agenda at one moment, with every feed of it already written.</summary>
internal sealed class AgendaEdition
{
    private readonly Dictionary<string, Event> _bySlug;
    private readonly Dictionary<string, FeedSet> _programmes;

    private AgendaEdition(IReadOnlyList<Event> events, IReadOnlyList<Programme> programmes, FeedSet all, Dictionary<string, FeedSet> ofProgrammes, DateTimeOffset at)
    {
        (Events, Programmes, All, _programmes, At) = (events, programmes.ToDictionary(p => p.Code, StringComparer.Ordinal), all, ofProgrammes, at);
        _bySlug = events.ToDictionary(e => e.Slug, StringComparer.Ordinal);
    }

    /// <summary>When it was read.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Public events in the order of time.</summary>
    public IReadOnlyList<Event> Events { get; }

    public IReadOnlyDictionary<string, Programme> Programmes { get; }

    /// <summary>Feeds of everything.</summary>
    public FeedSet All { get; }

    public static AgendaEdition Of(IEnumerable<Event> events, IReadOnlyList<Programme> programmes, DateTimeOffset at)
    {
        Event[] ordered = [.. events.OrderBy(e => e.SortKey, StringComparer.Ordinal).ThenBy(e => e.Id)];
        var byProgramme = ordered.ToLookup(e => e.Programme, StringComparer.Ordinal);
        return new AgendaEdition(
            ordered, programmes, FeedSet.Of("events", "MILA", ordered),
            programmes.ToDictionary(p => p.Code, p => FeedSet.Of($"programmes/{p.Code}/events", $"MILA : {p.Plan.Label}", [.. byProgramme[p.Code]]), StringComparer.Ordinal), at);
    }

    public Event? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    public FeedSet? OfProgramme(string code) => _programmes.GetValueOrDefault(code);
}

/// <summary>The same events in every format.</summary>
internal sealed record FeedSet(FeedBytes Json, FeedBytes Ics)
{
    public static FeedSet Of(string path, string title, IReadOnlyList<Event> events) => new(JsonFeed.Write(path, title, events), CalendarFeed.Write(title, events));
}
