using MediatR;

namespace Mila.Events.Contracts;

/// <summary>An event has taken place.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Slug">Its address in the agenda.</param>
/// <param name="Programme">Code of its programme.</param>
/// <param name="StartsAt">When it started.</param>
/// <param name="EndsAt">When it ended.</param>
/// <param name="CoHosts">Codes of the partners that hosted it too.</param>
/// <param name="Revision">Grows with each change of the event.</param>
/// <param name="At">When this was said.</param>
public sealed record EventHeld(
    Guid EventId, string Slug, string Programme, DateTimeOffset StartsAt, DateTimeOffset EndsAt, IReadOnlyList<string> CoHosts, int Revision, DateTimeOffset At) : INotification;
