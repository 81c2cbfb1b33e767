using System.Collections.Concurrent;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Calls;
using Mila.Events.Importers;
using Mila.Events.Pages;
using Mila.Events.Programmes;

namespace Mila.Events.Feeds;

/// <summary>The agenda at one moment. Each form of it that somebody asks for is written once and then served as bytes.</summary>
internal sealed class AgendaEdition
{
    /// <summary>How many bytes of forms that are not standing are kept: the rest is written for whoever asks, so that odd filters cannot fill the memory.</summary>
    private const int KeptBytes = 32 * 1024 * 1024;

    private const int MostKnown = 500;
    private const int MostLeft = 100;

    private readonly Dictionary<string, PublicEvent> _bySlug;
    private readonly ConcurrentDictionary<AgendaForm, Task<ServedBytes>> _forms = new();
    private readonly ConcurrentDictionary<string, AgendaEdition> _left = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, KnownAnswer> _known = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> _partners;
    private readonly IReadOnlyList<Call> _calls;
    private readonly FullEvents _full;
    private readonly Lazy<AgendaEdition> _sound;
    private long _kept;

    private AgendaEdition(AgendaSite site, long generation, IReadOnlyList<PublicEvent> events, IReadOnlyList<Programme> programmes, DateTimeOffset at, DateTimeOffset changedAt,
        IReadOnlyDictionary<string, string>? partners, IReadOnlyList<Call>? calls, FullEvents? full)
    {
        (_calls, _full) = (calls ?? [], full ?? FullEvents.None);
        _sound = new(WithoutTheBroken);
        (Site, Generation, Events, At, ChangedAt, _partners) = (site, generation, events, at, changedAt, partners ?? new Dictionary<string, string>(StringComparer.Ordinal));
        Programmes = programmes.OrderBy(p => p.Plan.Label, StringComparer.Create(Wording.French.Culture, ignoreCase: true)).ToDictionary(p => p.Code, StringComparer.Ordinal);
        _bySlug = events.Where(e => e.Partner is null).ToDictionary(e => e.Slug, StringComparer.Ordinal);
        TurnsAt = events.SelectMany(e => e.Turns).Append(changedAt).Concat(_full.Releases).Where(t => t > at).Append(ParisTime.StartOf(ParisTime.DateOf(at).AddDays(1))).Min();
    }

    /// <summary>Where the server is.</summary>
    public AgendaSite Site { get; }

    /// <summary>The change after which it was read (<see cref="AgendaListener"/>).</summary>
    public long Generation { get; }

    /// <summary>When it was read.</summary>
    public DateTimeOffset At { get; }

    /// <summary>When time alone makes it read differently: something leaves it, begins, is over, or the day ends in Paris; or when it may say when it changed.</summary>
    public DateTimeOffset TurnsAt { get; }

    /// <summary>When what it shows changed last, to the second; the same on every host.</summary>
    public DateTimeOffset ChangedAt { get; }

    /// <summary>The same for Last-Modified, which must not lie ahead (RFC 9110 section 8.8.2.1): of changes that crowd in one second, the later are given the seconds after it.</summary>
    public DateTimeOffset? LastModified => ChangedAt <= At ? ChangedAt : null;

    /// <summary>Public events in the order of time.</summary>
    public IReadOnlyList<PublicEvent> Events { get; }

    /// <summary>Programmes by their code, in the order of their names.</summary>
    public IReadOnlyDictionary<string, Programme> Programmes { get; }

    /// <summary>The forms that were asked for and kept.</summary>
    public IEnumerable<AgendaForm> Forms => _forms.Keys;

    /// <summary>Is told which events cannot be written, when that is found out: they are left out of what shows others too.</summary>
    public Action<IReadOnlyList<Guid>>? LeftOut { get; init; }

    public static AgendaEdition Of(
        AgendaSite site, long generation, IEnumerable<PublicEvent> events, IReadOnlyList<Programme> programmes, DateTimeOffset at, DateTimeOffset changedAt,
        IReadOnlyDictionary<string, string>? partners = null, IReadOnlyList<Call>? calls = null, FullEvents? full = null, Action<IReadOnlyList<Guid>>? leftOut = null) =>
        new(site, generation, [.. events.OrderBy(e => e.SortKey, StringComparer.Ordinal).ThenBy(e => e.Id)], programmes, at, changedAt, partners, calls, full) { LeftOut = leftOut };

    /// <summary>The same moment with one event alone that has left the agenda, if somebody asked for it before.</summary>
    public AgendaEdition? Left(string slug) => _left.GetValueOrDefault(slug);

    /// <summary>The same moment with this event alone. Some are kept, until the agenda is read anew.</summary>
    public AgendaEdition KeepLeft(PublicEvent e)
    {
        var alone = new AgendaEdition(Site, Generation, [e], [.. Programmes.Values], At, ChangedAt, _partners, _calls, _full);
        if (_left.Count < MostLeft) _left[e.Slug] = alone;
        return alone;
    }

    public PublicEvent? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>Whether who would come finds no seat, or none in the room of a hybrid event. Until the event begins one may wait for it.</summary>
    public bool IsFull(PublicEvent e) => _full.Ids.Contains(e.Id) && e.Status is Agenda.EventStatus.Published && !e.IsOver(At);

    /// <summary>Whether artists are called for now.</summary>
    public bool HasOpenCall => _calls.Any(c => c.Status is CallStatus.Open);

    /// <summary>The public calls that fill the stage of an event.</summary>
    public IEnumerable<Call> CallsOf(Guid eventId) => _calls.Where(c => c.Plan.EventId == eventId).OrderBy(c => c.Plan.ClosesAt);

    /// <summary>The name of a programme; its code where nobody named it.</summary>
    public string LabelOf(string programme) => Programmes.TryGetValue(programme, out var known) ? Plain.Line(known.Plan.Label) : programme;

    /// <summary>What stands above an event: its programme, or that it is a partner's.</summary>
    public string LabelOf(PublicEvent e, Wording wording) => e.Partner is { } partner ? wording.Say($"Événement de {partner.Name}", $"An event of {partner.Name}") : LabelOf(e.Programme);

    /// <summary>Whether there is a partner of this code, or it is MILA's own.</summary>
    public bool KnowsPartner(string code) => code == AgendaFilter.Own || _partners.ContainsKey(code);

    /// <summary>The partners of which the agenda shows events, by their names.</summary>
    public IEnumerable<PublicPartner> Partners => Events.Select(e => e.Partner).OfType<PublicPartner>().DistinctBy(p => p.Code).OrderBy(p => p.Name, StringComparer.Create(Wording.French.Culture, ignoreCase: true));

    /// <summary>The name of a co-host; its code where Partners has told us of none.</summary>
    public string PartnerOf(string code) => _partners.TryGetValue(code, out var name) ? Plain.Line(name) : code;

    /// <summary>The events that a filter takes, in the order of time.</summary>
    public IReadOnlyList<PublicEvent> Select(AgendaFilter filter) =>
        filter.Event is { } slug ? Find(slug) is { } only && filter.Takes(only) ? [only] : [] : filter is { Programme: null, IsWhole: true } ? Events : [.. Events.Where(filter.Takes)];

    /// <summary>What every format of one feed says.</summary>
    public FeedOutline Outline(AgendaFilter filter, bool underProgramme)
    {
        var title = filter.Programme is { } code ? $"MILA : {LabelOf(code)}" : "MILA";
        if (filter.Month is { } month) title += $", {Wording.Of(filter.Language).Month(month)}";
        return new FeedOutline(
            Site, filter, underProgramme ? $"/feeds/programmes/{filter.Programme}/events" : "/feeds/events", underProgramme ? filter.Query("programme") : filter.Query(), title, Select(filter), ChangedAt)
        {
            IsFull = IsFull,
        };
    }

    /// <summary>The answer that was given at an address, if it was.</summary>
    public KnownAnswer? Known(string address) => _known.GetValueOrDefault(address);

    /// <summary>Answer the same at this address from now on. Addresses without end are not kept.</summary>
    public void Remember(string address, KnownAnswer answer)
    {
        if (_known.Count < MostKnown) _known[address] = answer;
    }

    /// <summary>A form of it, written by the first who asks while the others wait.</summary>
    public ValueTask<ServedBytes> GetAsync(AgendaForm form)
    {
        if (_forms.TryGetValue(form, out var known)) return new ValueTask<ServedBytes>(known);
        if (!form.IsStanding && Interlocked.Read(ref _kept) > KeptBytes) return new ValueTask<ServedBytes>(BytesOf(form));

        var mine = new TaskCompletionSource<ServedBytes>(TaskCreationOptions.RunContinuationsAsynchronously);
        var kept = _forms.GetOrAdd(form, mine.Task);
        if (kept == mine.Task) _ = Task.Run(() => Write(form, mine));
        return new ValueTask<ServedBytes>(kept);
    }

    private void Write(AgendaForm form, TaskCompletionSource<ServedBytes> asked)
    {
        try
        {
            var bytes = BytesOf(form);
            if (!form.IsStanding) Interlocked.Add(ref _kept, bytes.Length + 1024);
            asked.SetResult(bytes);
        }
        catch (Exception e)
        {
            // Whoever asks next is not answered by a fault that may be over.
            _forms.TryRemove(form, out _);
            asked.SetException(e);
        }
    }

    /// <summary>An event that cannot be written takes no other down with it.</summary>
    private ServedBytes BytesOf(AgendaForm form)
    {
        try
        {
            return form.Write(this);
        }
        catch (Exception) when (_sound.Value.Events.Count < Events.Count)
        {
            return form.Write(_sound.Value);
        }
    }

    private AgendaEdition WithoutTheBroken()
    {
        var broken = Events.Where(e => !CanBeWritten(e)).Select(e => e.Id).ToHashSet();
        if (broken.Count > 0) LeftOut?.Invoke([.. broken]);
        return new AgendaEdition(Site, Generation, [.. Events.Where(e => !broken.Contains(e.Id))], [.. Programmes.Values], At, ChangedAt, _partners, _calls, _full);
    }

    /// <summary>Whether every form that shows it among others can show it alone.</summary>
    private bool CanBeWritten(PublicEvent e)
    {
        var alone = new AgendaEdition(Site, Generation, [e], [.. Programmes.Values], At, ChangedAt, _partners, _calls, _full);
        try
        {
            foreach (var filter in new[] { AgendaFilter.None, AgendaFilter.None with { Language = "en" } })
            {
                foreach (var form in FeedFormat.All.Select(f => new FeedForm(f, filter)).Append<AgendaForm>(new AgendaPage(filter)).Append(new OpenAgendaForm(filter)).Append(new EventsCalendarForm(filter, null, null, 1, 1))) form.Write(alone);
            }

            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
