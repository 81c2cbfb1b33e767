using System.Text.Json.Serialization;
using Mila.Events.Agenda;
using Mila.Events.Contracts;

namespace Mila.Events.Rooms;

/// <summary>The room of MILA's that an event asks for, and what Hosting has said. It stands beside the event, so that an answer changes nothing of what the public reads.</summary>
internal sealed class EventRoom : IDocument
{
    [JsonConstructor]
    private EventRoom(Guid id, RoomClaim? claim, int request, RoomStatus status, RoomReason? reason, int answer) =>
        (Id, Claim, Request, Status, Reason, Answer) = (id, claim, request, status, reason, answer);

    /// <summary>The event.</summary>
    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>What the event wants; null when it wants no room, has no day or is off.</summary>
    public RoomClaim? Claim { get; private set; }

    /// <summary>Grows with each request and release: an answer to an earlier one is void.</summary>
    public int Request { get; private set; }

    public RoomStatus Status { get; private set; }

    /// <summary>Why it was refused.</summary>
    public RoomReason? Reason { get; private set; }

    /// <summary>Which answer of Hosting's was heard last.</summary>
    public int Answer { get; private set; }

    /// <summary>Another number each time that it reads differently.</summary>
    [JsonIgnore]
    public int Stamp => (Request << 16) + (Answer << 2) + (int)Status;

    /// <summary>What an event asks for that has just been planned.</summary>
    public static EventRoom Ask(IDocumentSession session, Event e, DateTimeOffset now) => Of(e.Id).Follow(session, e, now);

    /// <summary>What an event asks for after a change.</summary>
    public static async Task<EventRoom> FollowAsync(IDocumentSession session, Event e, DateTimeOffset now, CancellationToken ct) => (await FindAsync(session, e.Id, ct)).Follow(session, e, now);

    /// <summary>The room of an event; of one that never asked, nothing.</summary>
    public static async Task<EventRoom> FindAsync(IQuerySession session, Guid eventId, CancellationToken ct) => await session.LoadAsync<EventRoom>(eventId, ct) ?? Of(eventId);

    /// <summary>Hosting has answered. False when that was heard before, or answers what is not asked any more.</summary>
    public bool Hear(int request, int answer, RoomStatus status, RoomReason? reason)
    {
        if (Claim is null || request != Request || answer <= Answer) return false;

        (Status, Reason, Answer) = (status, reason, answer);
        return true;
    }

    /// <summary>The same, where it is known what it asked for until now.</summary>
    public EventRoom Follow(IDocumentSession session, Event e, DateTimeOffset now)
    {
        var (before, wanted) = (Claim, RoomClaim.Of(e));
        if (wanted == before) return this;

        (Claim, Status, Reason) = (wanted, RoomStatus.Requested, null);
        Request++;
        session.Store(this);
        if (wanted is null) session.Publish(new RoomReleased(Id, before!.SpaceCode, Request, now));
        else session.Publish(new RoomRequested(Id, wanted.SpaceCode, wanted.StartsAt, wanted.EndsAt, Request, now));
        return this;
    }

    private static EventRoom Of(Guid eventId) => new(eventId, claim: null, request: 0, RoomStatus.Requested, reason: null, answer: 0);
}

/// <summary>A room for some hours.</summary>
internal sealed record RoomClaim(string SpaceCode, DateTimeOffset StartsAt, DateTimeOffset EndsAt)
{
    /// <summary>What an event needs: a room that it names, once it has a day, until it is off.</summary>
    public static RoomClaim? Of(Event e) =>
        e.Status is not EventStatus.Cancelled && e.Venue?.SpaceCode is { } code && e.When is When.Scheduled when ? new RoomClaim(code, when.StartsAt, when.EndsAt) : null;
}

/// <summary>Whether an event has the room that it asks for.</summary>
internal enum RoomStatus
{
    /// <summary>Asked, not answered yet.</summary>
    Requested,

    /// <summary>It has.</summary>
    Confirmed,

    /// <summary>It has not; it gets it when it becomes free.</summary>
    Refused,
}

/// <summary>Why a room was refused.</summary>
/// <param name="Code"><c>space-taken</c>, <c>space-not-bookable</c> or <c>space-unknown</c>.</param>
/// <param name="Fr">For people, in French.</param>
/// <param name="En">And in English.</param>
internal sealed record RoomReason(string Code, string Fr, string En);
