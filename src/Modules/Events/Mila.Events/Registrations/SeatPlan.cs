using System.Text.Json.Serialization;

namespace Mila.Events.Registrations;

/// <summary>
/// How many seats of an event are taken and held, and how many wait: numbers and no list, so that the millionth registration costs what the first one did.
/// Only the holder of the event's row lock changes it.
/// </summary>
internal sealed class SeatPlan : IDocument
{
    /// <summary>Those with this many past places or more stand in line by the time of asking alone.</summary>
    public const int MostPastPlaces = 99;

    private readonly List<int> _waiting;
    private readonly List<NetworkUse> _networks;

    [JsonConstructor]
    private SeatPlan(Guid id, int taken, int held, IReadOnlyList<int> waiting, DateTimeOffset lastAskedAt, DateTimeOffset? closedAt, int counts, IReadOnlyList<NetworkUse>? networks = null) =>
        (Id, Taken, Held, _waiting, LastAskedAt, ClosedAt, Counts, _networks) = (id, taken, held, [.. waiting], lastAskedAt, closedAt, counts, [.. networks ?? []]);

    /// <summary>The event.</summary>
    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Seats of those who come.</summary>
    public int Taken { get; private set; }

    /// <summary>Seats set aside for pending registrations and offers.</summary>
    public int Held { get; private set; }

    /// <summary>Registrations in line, by their past places.</summary>
    public IReadOnlyList<int> Waiting => _waiting;

    /// <summary>When the last one asked.</summary>
    public DateTimeOffset LastAskedAt { get; private set; }

    /// <summary>When staff said that nobody else comes.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>How often it was counted who came.</summary>
    public int Counts { get; private set; }

    /// <summary>Of these, those of partner networks.</summary>
    public IReadOnlyList<NetworkUse> Networks => _networks;

    [JsonIgnore]
    public int InLine => _waiting.Sum();

    public static SeatPlan Of(Guid eventId) => new(eventId, 0, 0, [], DateTimeOffset.UnixEpoch, closedAt: null, counts: 0);

    /// <summary>The seats of an event, for whoever only shows them or holds its lock.</summary>
    public static async Task<SeatPlan> FindAsync(IQuerySession session, Guid eventId, CancellationToken ct) => await session.LoadAsync<SeatPlan>(eventId, ct) ?? Of(eventId);

    /// <summary>Seats that nobody has; null without a limit.</summary>
    public int? Free(int? capacity) => capacity - Taken - Held;

    public bool Has(int seats, int? capacity) => Free(capacity) is not { } free || free >= seats;

    /// <summary>What the members of a network have here.</summary>
    public NetworkUse UseOf(Guid partnerId) => _networks.Find(n => n.PartnerId == partnerId) ?? new NetworkUse(partnerId, 0, 0);

    /// <summary>Which place in line somebody with so many past places has who asks now.</summary>
    public int LastRank(int pastPlaces) => _waiting.Take(pastPlaces + 1).Sum();

    /// <summary>A registration did something else to the seats, and does this now.</summary>
    public void Follow(SeatUse before, int pastPlacesBefore, Registration now)
    {
        Add(before, -now.Seats, -1, pastPlacesBefore);
        Add(now.Use, now.Seats, 1, now.PastPlaces);
        if (now.PartnerId is { } network) Count(network, before, now.Use, now.Seats);
    }

    /// <summary>The time of asking of who asks now: after everybody before, though many ask in one moment. Whole microseconds, as documents write them.</summary>
    public DateTimeOffset Ask(DateTimeOffset now)
    {
        var moment = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return LastAskedAt = moment > LastAskedAt ? moment : LastAskedAt.AddMicroseconds(1);
    }

    public void Close(DateTimeOffset now) => ClosedAt = now;

    public int Count() => ++Counts;

    private void Count(Guid network, SeatUse before, SeatUse use, int seats)
    {
        var known = UseOf(network);
        _networks.RemoveAll(n => n.PartnerId == network);
        _networks.Add(known with { Used = known.Used + Seats(use) - Seats(before), Waiting = known.Waiting + Entries(use) - Entries(before) });

        int Seats(SeatUse of) => of is SeatUse.Taken or SeatUse.Held ? seats : 0;
        static int Entries(SeatUse of) => of is SeatUse.Waiting ? 1 : 0;
    }

    private void Add(SeatUse use, int seats, int entries, int pastPlaces)
    {
        if (use is SeatUse.Taken) Taken += seats;
        if (use is SeatUse.Held) Held += seats;
        if (use is not SeatUse.Waiting) return;

        while (_waiting.Count <= pastPlaces) _waiting.Add(0);
        _waiting[pastPlaces] += entries;
    }
}

/// <summary>What the members of one network have of an event.</summary>
/// <param name="PartnerId">The network.</param>
/// <param name="Used">Seats taken or held.</param>
/// <param name="Waiting">Registrations in line.</param>
internal sealed record NetworkUse(Guid PartnerId, int Used, int Waiting);
