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

    [JsonConstructor]
    private SeatPlan(Guid id, int taken, int held, int remoteTaken, int remoteHeld, int remoteWaiting, IReadOnlyList<int> waiting, DateTimeOffset lastAskedAt, DateTimeOffset? closedAt)
    {
        (Id, Taken, Held, RemoteTaken, RemoteHeld, RemoteWaiting) = (id, taken, held, remoteTaken, remoteHeld, remoteWaiting);
        (_waiting, LastAskedAt, ClosedAt) = ([.. waiting], lastAskedAt, closedAt);
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

    /// <summary>When the last one asked.</summary>
    public DateTimeOffset LastAskedAt { get; private set; }

    /// <summary>When staff said that nobody else comes.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    [JsonIgnore]
    public int InLine => _waiting.Sum();

    public static SeatPlan Of(Guid eventId) => new(eventId, 0, 0, 0, 0, 0, [], DateTimeOffset.UnixEpoch, closedAt: null);

    /// <summary>The seats of an event, for whoever only shows them or holds its lock.</summary>
    public static async Task<SeatPlan> FindAsync(IQuerySession session, Guid eventId, CancellationToken ct) => await session.LoadAsync<SeatPlan>(eventId, ct) ?? Of(eventId);

    /// <summary>How the seats of the event stand: its capacity is that of the room, and of the link where there is no room.</summary>
    public SeatCount At(Event e) => At(e.Mode(), e.Capacity);

    /// <summary>The same for an event of this mode and capacity.</summary>
    public SeatCount At(VenueMode mode, int? capacity) =>
        mode is VenueMode.Hybrid ? new(Taken, Held, RemoteTaken, capacity) : new(Taken + RemoteTaken, Held + RemoteHeld, 0, capacity);

    /// <summary>Which place in line somebody with so many past places has who asks now.</summary>
    public int LastRank(int pastPlaces) => _waiting.Take(pastPlaces + 1).Sum();

    /// <summary>A registration did something else to the seats, and does this now.</summary>
    public void Follow(Before before, Registration now)
    {
        Add(before.Use, before.Place, -now.Seats, -1, before.PastPlaces);
        Add(now.Use, now.Place, now.Seats, 1, now.PastPlaces);
    }

    /// <summary>The time of asking of who asks now: after everybody before, though many ask in one moment. Whole microseconds, as documents write them.</summary>
    public DateTimeOffset Ask(DateTimeOffset now)
    {
        var moment = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return LastAskedAt = moment > LastAskedAt ? moment : LastAskedAt.AddMicroseconds(1);
    }

    public void Close(DateTimeOffset now) => ClosedAt = now;

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

/// <summary>The seats of an event that its capacity counts, and the others.</summary>
/// <param name="Taken">Of those who come.</param>
/// <param name="Held">Set aside.</param>
/// <param name="Remote">At a hybrid event, places by the link, of which there is no end.</param>
/// <param name="Capacity">Null without a limit.</param>
internal sealed record SeatCount(int Taken, int Held, int Remote, int? Capacity)
{
    /// <summary>Seats that nobody has; null without a limit.</summary>
    public int? Free => Capacity - Taken - Held;

    public bool Has(int seats) => Free is not { } free || free >= seats;
}
