using MediatR;

namespace Mila.Hosting.Contracts;

/// <summary>An event has the room that it asked for; perhaps after it was refused, when the room became free.</summary>
/// <param name="EventId">The event.</param>
/// <param name="SpaceCode">The room.</param>
/// <param name="StartsAt">From when.</param>
/// <param name="EndsAt">Until when.</param>
/// <param name="Request">The request that this answers.</param>
/// <param name="Revision">Grows with each answer to this event: of two answers to one request the later counts.</param>
/// <param name="At">When this was said.</param>
public sealed record RoomConfirmed(Guid EventId, string SpaceCode, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Request, int Revision, DateTimeOffset At) : INotification;
