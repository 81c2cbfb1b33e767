using System.Text.Json.Serialization;
using Mila.Events.Agenda;

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
    private SeatPlan(
        Guid id, int taken, int held, int remoteTaken, int remoteHeld, int remoteWaiting, IReadOnlyList<int> waiting, DateTimeOffset lastAskedAt, DateTimeOffset? closedAt, int counts,
        IReadOnlyList<NetworkUse>? networks = null, int? moved = null)
    {
        (Id, Taken, Held, RemoteTaken, RemoteHeld, RemoteWaiting) = (id, taken, held, remoteTaken, remoteHeld, remoteWaiting);
        (_waiting, LastAskedAt, ClosedAt, Counts, _networks, Moved) = ([.. waiting], lastAskedAt, closedAt, counts, [.. networks ?? []], moved);
    }

    /// <summary>The event.</summary>
    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Seats of those who come to the room.</summary>
    public int Taken { get; private set; }

    /// <summary>Seats in the room that are set aside for pending registrations and offers.</summary>
    public int Held { get; private set; }

    /// <summary>Places of those who take part by a link.</summary>
    public int RemoteTaken { get; private set; }

    /// <summary>The same, set aside.</summary>
    public int RemoteHeld { get; private set; }

    /// <summary>Registrations in line that ask for such places.</summary>
    public int RemoteWaiting { get; private set; }

    /// <summary>Registrations in line, by their past places.</summary>
    public IReadOnlyList<int> Waiting => _waiting;

    /// <summary>Of these, those that staff put elsewhere: while there is none, the line stands as it is counted here. Null where it was not counted, before it was.</summary>
    public int? Moved { get; private set; }

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

    public static SeatPlan Of(Guid eventId) => new(eventId, 0, 0, 0, 0, 0, [], DateTimeOffset.UnixEpoch, closedAt: null, counts: 0, moved: 0);

    /// <summary>The seats of an event, for whoever only shows them or holds its lock.</summary>
    public static async Task<SeatPlan> FindAsync(IQuerySession session, Guid eventId, CancellationToken ct) => await session.LoadAsync<SeatPlan>(eventId, ct) ?? Of(eventId);

    /// <summary>How the seats of the event stand: its capacity is that of the room, and of the link where there is no room.</summary>
    public SeatCount At(Event e) => At(e.Mode(), e.Capacity);

    /// <summary>The same for an event of this mode and capacity.</summary>
    public SeatCount At(VenueMode mode, int? capacity) =>
        mode is VenueMode.Hybrid ? new(Taken, Held, RemoteTaken, capacity) : new(Taken + RemoteTaken, Held + RemoteHeld, 0, capacity);

    /// <summary>What the members of a network have here.</summary>
    public NetworkUse UseOf(Guid partnerId) => _networks.Find(n => n.PartnerId == partnerId) ?? new NetworkUse(partnerId, 0, 0, 0);

    /// <summary>Seats that its members have of those that are counted.</summary>
    public int UsedBy(Event e, Guid partnerId) => UseOf(partnerId) is var use && e.Mode() is VenueMode.Hybrid ? use.Used : use.Used + use.RemoteUsed;

    /// <summary>Which place in line the last of those with so many past places has, unless somebody was moved.</summary>
    public int LastRank(int pastPlaces) => _waiting.Take(pastPlaces + 1).Sum();

    /// <summary>A registration did something else to the seats, and does this now.</summary>
    public void Follow(Before before, Registration now)
    {
        Add(before.Use, before.Place, -now.Seats, -1, before.PastPlaces);
        Add(now.Use, now.Place, now.Seats, 1, now.PastPlaces);
        if (Moved is not 0 || now.IsMoved) Moved = InLine == 0 ? 0 : Moved + (now.IsMoved ? 1 : 0) - (before.IsMoved ? 1 : 0);
        if (now.PartnerId is not { } network) return;

        Count(network, before.Use, before.Place, -now.Seats, -1);
        Count(network, now.Use, now.Place, now.Seats, 1);
    }

    /// <summary>The time of asking of who asks now: after everybody before, though many ask in one moment. Whole microseconds, as documents write them.</summary>
    public DateTimeOffset Ask(DateTimeOffset now)
    {
        var moment = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return LastAskedAt = moment > LastAskedAt ? moment : LastAskedAt.AddMicroseconds(1);
    }

    public void Close(DateTimeOffset now) => ClosedAt = now;

    public int Count() => ++Counts;

    private void Count(Guid network, SeatUse use, Place place, int seats, int entries)
    {
        var known = UseOf(network);
        _networks.RemoveAll(n => n.PartnerId == network);
        _networks.Add(use switch
        {
            SeatUse.Taken or SeatUse.Held when place is Place.OnSite => known with { Used = known.Used + seats },
            SeatUse.Taken or SeatUse.Held => known with { RemoteUsed = known.RemoteUsed + seats },
            SeatUse.Waiting => known with { Waiting = known.Waiting + entries },
            _ => known,
        });
    }

    private void Add(SeatUse use, Place place, int seats, int entries, int pastPlaces)
    {
        switch (use, place)
        {
            case (SeatUse.Taken, Place.OnSite): Taken += seats; break;
            case (SeatUse.Taken, _): RemoteTaken += seats; break;
            case (SeatUse.Held, Place.OnSite): Held += seats; break;
            case (SeatUse.Held, _): RemoteHeld += seats; break;
        }

        if (use is not SeatUse.Waiting) return;

        if (place is Place.Remote) RemoteWaiting += entries;
        while (_waiting.Count <= pastPlaces) _waiting.Add(0);
        _waiting[pastPlaces] += entries;
    }
}

/// <summary>What the members of one network have of an event.</summary>
/// <param name="PartnerId">The network.</param>
/// <param name="Used">Seats taken or held, on site.</param>
/// <param name="RemoteUsed">The same by the link.</param>
/// <param name="Waiting">Registrations in line.</param>
internal sealed record NetworkUse(Guid PartnerId, int Used, int RemoteUsed, int Waiting);

/// <summary>The seats of an event that its capacity counts, and the others.</summary>
/// <param name="Taken">Of those who come.</param>
/// <param name="Held">Set aside.</param>
/// <param name="Remote">At a hybrid event, places by the link, of which there is no end.</param>
/// <param name="Capacity">Null without a limit.</param>
internal sealed record SeatCount(int Taken, int Held, int Remote, int? Capacity)
{
    /// <summary>Seats that nobody has; null without a limit.</summary>
    public int? Free => Capacity - Taken - Held;

    /// <summary>Seats that somebody has, or that are kept for somebody.</summary>
    public int InUse => Taken + Held;

    public bool Has(int seats) => Free is not { } free || free >= seats;
}
