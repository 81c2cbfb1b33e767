using MediatR;

namespace Mila.Events.Contracts;

/// <summary>An event no longer wants any of MILA's rooms.</summary>
/// <param name="EventId">The event.</param>
/// <param name="SpaceCode">The room that it wanted.</param>
/// <param name="Request">Grows with each request and release of the event.</param>
/// <param name="At">When.</param>
public sealed record RoomReleased(Guid EventId, string SpaceCode, int Request, DateTimeOffset At) : INotification;
