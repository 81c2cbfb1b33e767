using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Calls;
using Mila.Events.Networks;
using Mila.Events.PartnerEvents;
using Mila.Events.Programmes;
using Npgsql;

namespace Mila.Events.Feeds;

/// <summary>
/// What the public sees, kept ready: read once per change, written to bytes once per change, served without the database.
/// Every host listens, and looks once a second at the count of changes in case it did not hear; one that lost its connection reads everything anew.
/// </summary>
internal sealed partial class PublicAgenda(
    IDocumentStore store, NpgsqlDataSource database, AgendaSite site, IConfiguration configuration, TimeProvider clock, ILogger<PublicAgenda> logger)
    : Microsoft.Extensions.Hosting.BackgroundService
{
    private static readonly TimeSpan LooksAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadsAnew = TimeSpan.FromMinutes(10);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _one = new(1, 1);
    private AgendaEdition? _edition;
    private List<PublicEvent> _events = [];
    private List<PublicEvent> _partnerEvents = [];

    /// <summary>The agenda as it stands; null until it has been read.</summary>
    public AgendaEdition? Edition => _edition;

    /// <summary>The agenda as it stands; the first caller waits until it has been read.</summary>
    public ValueTask<AgendaEdition> EditionAsync(CancellationToken ct) => _edition is { } edition ? new ValueTask<AgendaEdition>(edition) : FirstAsync(ct);

    /// <summary>Read it anew now.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await RefreshAsync(await AgendaListener.ReadAsync(connection, ct), ct);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Read it anew if it has changed. True if so.</summary>
    public async Task<bool> CatchUpAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            // The count is read before the events: what commits in between is read twice, never missed.
            var last = await AgendaListener.ReadAsync(connection, ct);
            var now = clock.GetUtcNow();
            if (_edition is { } known && known.Generation == last.Generation && now - known.At < ReadsAnew && now < known.TurnsAt) return false;

            await RefreshAsync(last, ct);
            return true;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The edition that shows this event: the agenda's, or for one that has left it one of that event alone; without the event where it is not public.</summary>
    public async ValueTask<AgendaEdition> EditionOfAsync(string slug, CancellationToken ct)
    {
        var edition = await EditionAsync(ct);
        if (edition.Find(slug) is not null || !Slug.IsOne(slug)) return edition;
        if (edition.Left(slug) is { } kept) return kept;

        await using var session = store.QuerySession();
        if (await session.Query<Event>().FirstOrDefaultAsync(e => e.Slug == slug, ct) is not { Status: EventStatus.Published or EventStatus.Held, PublishedAt: not null } found) return edition;

        // What is still to be read for the agenda shows with it, and everywhere at once.
        var left = new PublicEvent(found);
        return left.LeavesAt <= clock.GetUtcNow() ? edition.KeepLeft(left) : edition;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration["Agenda:Follow"] == "false")
        {
            await RefreshAsync(stoppingToken);
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogLost(logger, e.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Cancelled before it was ever announced is nobody's news; after, the agenda says so for 30 days.
    private static bool IsPublic(PublicEvent e, DateTimeOffset now) => e.WasPublished && !(e.LeavesAt <= now);

    private async ValueTask<AgendaEdition> FirstAsync(CancellationToken ct)
    {
        await _ready.Task.WaitAsync(ct);
        return _edition!;
    }

    /// <summary>Those that may be public. What has not been stored since it was read last is not read again: an agenda of thousands changes by one.</summary>
    private async Task<List<PublicEvent>> ReadAsync(IQuerySession session, DateTimeOffset now, CancellationToken ct)
    {
        var known = _events.ToDictionary(e => e.Id);
        var found = new List<PublicEvent>(known.Count);
        var others = new List<Guid>();
        // Whoever begins that early has left the agenda, and long enough ago for every host to have noticed.
        var first = (now - PublicEvent.KeptAfterEnd - TimeSpan.FromDays(2 * Event.MaxDays)).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await using (var command = database.CreateCommand("select id, mt_version from events.mt_doc_event where data ->> 'status' in ('Published', 'Held', 'Cancelled') and (data ->> 'sortKey') collate \"C\" >= $1"))
        {
            command.Parameters.Add(new() { Value = first });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                if (known.GetValueOrDefault(reader.GetGuid(0)) is { } same && same.Version == reader.GetGuid(1)) found.Add(same);
                else others.Add(reader.GetGuid(0));
            }
        }

        var alike = new Alike();
        foreach (var some in others.Chunk(1000)) found.AddRange((await session.LoadManyAsync<Event>(ct, some)).Select(e => new PublicEvent(e, alike)));
        return _events = found;
    }

    /// <summary>When time alone changes what feeds say: something leaves, or is full no more because it is over or because seats are released; partners' events come and go with an agreement.</summary>
    private static IEnumerable<DateTimeOffset> Turns(List<PublicEvent> events, IReadOnlyList<KnownAgreement> agreements, FullEvents full) =>
    [
        .. events.Where(e => e.WasPublished).Select(e => e.LeavesAt).OfType<DateTimeOffset>(),
        .. events.Where(e => full.Ids.Contains(e.Id)).Select(e => e.Scheduled?.EndsAt).OfType<DateTimeOffset>(),
        .. full.Releases,
        .. agreements.Where(a => a.Received).SelectMany(a => new[] { a.StartsOn, a.EndsOn?.AddDays(1) }).OfType<DateOnly>().Select(ParisTime.StartOf),
    ];

    /// <summary>Partners' events are shown while an agreement opens them to members.</summary>
    private async Task<List<PublicEvent>> ReadPartnersAsync(IQuerySession session, IReadOnlyList<KnownPartner> partners, IReadOnlyList<KnownAgreement> agreements, DateOnly today, CancellationToken ct)
    {
        var open = agreements.Where(a => a.Received && a.HoldsBetween(today, today)).Select(a => a.PartnerId).ToHashSet();
        if (open.Count == 0) return _partnerEvents = [];

        var names = partners.Where(p => open.Contains(p.Id)).ToDictionary(p => p.Id, p => new PublicPartner(p.Code, Plain.Line(p.Name), ""));
        var known = _partnerEvents.ToDictionary(e => e.Id);
        var found = await session.Query<KnownPartnerEvent>().ToListAsync(ct);
        return _partnerEvents = [.. found.Where(e => e.Said is not null && names.ContainsKey(e.PartnerId)).Select(e =>
            known.GetValueOrDefault(e.Id) is { } same && same.Version == e.Version && same.Partner?.Name == names[e.PartnerId].Name ? same : new PublicEvent(e, e.Said!, names[e.PartnerId]))];
    }

    private async Task RefreshAsync((long Generation, DateTimeOffset ChangedAt) last, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var session = store.QuerySession();
        var events = await ReadAsync(session, now, ct);
        var programmes = await session.Query<Programme>().ToListAsync(ct);
        var partners = await session.Query<KnownPartner>().ToListAsync(ct);
        var calls = await session.Query<Call>().Where(c => c.PublishedAt != null && c.Status != CallStatus.Cancelled).ToListAsync(ct);
        var agreements = await session.Query<KnownAgreement>().ToListAsync(ct);
        var full = await FullEvents.ReadAsync(database, agreements, now, ct);
        events = [.. events, .. await ReadPartnersAsync(session, partners, agreements, ParisTime.DateOf(now), ct)];
        var before = _edition;
        var changedAt = Turns(events, agreements, full).Where(at => at <= now).Append(last.ChangedAt).Max();
        _edition = AgendaEdition.Of(
            site, last.Generation, events.Where(e => IsPublic(e, now)), programmes, now,
            new DateTimeOffset(changedAt.UtcTicks - (changedAt.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero),
            partners.GroupBy(p => p.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Name, StringComparer.Ordinal), calls, full,
            broken => LogLeftOut(logger, string.Join(", ", broken)));
        _ready.TrySetResult();
        foreach (var form in before?.Forms.Where(f => f.IsStanding) ?? [])
        {
            // A form that cannot be written is the business of those who ask for it, not of everybody else.
            await ((Task)_edition.GetAsync(form).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenKeptAsync(ct);
        await using (var listen = new NpgsqlCommand($"listen {AgendaListener.Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        await RefreshAsync(ct);
        while (true)
        {
            await CatchUpAsync(connection, ct);

            // Besides what was not heard, the agenda changes with time alone: what was cancelled leaves after 30 days, what is over moves down the page.
            await connection.WaitAsync(LooksAgain, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "These events cannot be written and are left out of the agenda: {Ids}")]
    private static partial void LogLeftOut(ILogger logger, string ids);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The agenda lost its connection ({Fault}); it serves what it has and reads everything anew in a second")]
    private static partial void LogLost(ILogger logger, string fault);
}
