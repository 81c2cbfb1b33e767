using MediatR;

namespace Mila.Events.Contracts;

/// <summary>An event wants one of MILA's rooms, or wants another one or another time than before: what it asked for earlier is void.</summary>
/// <param name="EventId">The event.</param>
/// <param name="SpaceCode">The room.</param>
/// <param name="StartsAt">From when.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="Request">Grows with each request and release of the event; an answer repeats it.</param>
/// <param name="At">When it was asked.</param>
public sealed record RoomRequested(Guid EventId, string SpaceCode, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Request, DateTimeOffset At) : INotification;
