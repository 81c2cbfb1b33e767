using System.Text.Json.Serialization;
using MediatR;
using Mila.Hosting.Contracts;

namespace Mila.Hosting.Rooms;

/// <summary>What one event has asked of Hosting, and what it was told. Whoever answers holds the lock of the room (<see cref="RoomBook"/>).</summary>
internal sealed class RoomHold : IDocument
{
    [JsonConstructor]
    private RoomHold(Guid id, string spaceCode, DateTimeOffset startsAt, DateTimeOffset endsAt, DateTimeOffset askedAt, int request, HoldStatus status, string? refusal, int revision)
    {
        (Id, SpaceCode, StartsAt, EndsAt, AskedAt, Request) = (id, spaceCode, startsAt, endsAt, askedAt, request);
        (Status, Refusal, Revision) = (status, refusal, revision);
    }

    /// <summary>The event.</summary>
    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public string SpaceCode { get; private set; }

    public DateTimeOffset StartsAt { get; private set; }

    /// <summary>The first moment at which the room is free again.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>Of those who were refused, who asked first comes first when the room becomes free.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>The newest request or release that was heard; older ones are void.</summary>
    public int Request { get; private set; }

    public HoldStatus Status { get; private set; }

    /// <summary>Why not: the code of a refusal.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Grows with each answer.</summary>
    public int Revision { get; private set; }

    [JsonIgnore]
    public bool IsConfirmed => Status is HoldStatus.Confirmed;

    /// <summary>What the event knows of this event: nothing yet, or what was told last.</summary>
    public static async Task<RoomHold> FindAsync(IQuerySession session, Guid eventId, CancellationToken ct) =>
        await session.LoadAsync<RoomHold>(eventId, ct)
        ?? new RoomHold(eventId, "", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, request: 0, HoldStatus.Released, refusal: null, revision: 0);

    /// <summary>Whether both want the room at one moment. One may begin when the other ends.</summary>
    public bool Overlaps(RoomHold other) => StartsAt < other.EndsAt && other.StartsAt < EndsAt;

    /// <summary>The event asks for this now. False when this was heard before, or is older than what was.</summary>
    public bool Ask(string spaceCode, DateTimeOffset startsAt, DateTimeOffset endsAt, int request, DateTimeOffset at)
    {
        if (request <= Request) return false;

        (SpaceCode, StartsAt, EndsAt, AskedAt, Request) = (spaceCode, startsAt, endsAt, at, request);
        (Status, Refusal) = (HoldStatus.Asked, null);
        return true;
    }

    /// <summary>The event wants no room now. False when this was heard before, or is older than what was.</summary>
    public bool Release(int request)
    {
        if (request <= Request) return false;

        (Request, Status, Refusal) = (request, HoldStatus.Released, null);
        return true;
    }

    /// <summary>It is answered: yes without a refusal. Null when it was told the same already.</summary>
    public INotification? Answer(Error? refusal, DateTimeOffset now)
    {
        var status = refusal is null ? HoldStatus.Confirmed : HoldStatus.Refused;
        if (status == Status && refusal?.Code == Refusal) return null;

        (Status, Refusal) = (status, refusal?.Code);
        Revision++;
        return refusal is null
            ? new RoomConfirmed(Id, SpaceCode, StartsAt, EndsAt, Request, Revision, now)
            : new RoomRefused(Id, SpaceCode, refusal.Code, refusal.DetailFr ?? refusal.Detail, refusal.Detail, Request, Revision, now);
    }
}

/// <summary>How a request for a room stands.</summary>
internal enum HoldStatus
{
    /// <summary>Heard and not answered; within one transaction only.</summary>
    Asked,

    /// <summary>The event has the room.</summary>
    Confirmed,

    /// <summary>It has not; it is the first to get it of those who asked later, should it become free.</summary>
    Refused,

    /// <summary>It wants no room any more.</summary>
    Released,
}
