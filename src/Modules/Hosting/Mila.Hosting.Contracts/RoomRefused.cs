using MediatR;

namespace Mila.Hosting.Contracts;

/// <summary>An event does not have the room that it asked for. When the room becomes free for it, <see cref="RoomConfirmed"/> follows.</summary>
/// <param name="EventId">The event.</param>
/// <param name="SpaceCode">The room.</param>
/// <param name="Code">Why: <c>space-taken</c>, <c>space-not-bookable</c> or <c>space-unknown</c>.</param>
/// <param name="ReasonFr">The same for people, in French.</param>
/// <param name="ReasonEn">And in English.</param>
/// <param name="Request">The request that this answers.</param>
/// <param name="Revision">Grows with each answer to this event: of two answers to one request the later counts.</param>
/// <param name="At">When this was said.</param>
public sealed record RoomRefused(Guid EventId, string SpaceCode, string Code, string ReasonFr, string ReasonEn, int Request, int Revision, DateTimeOffset At) : INotification;
