using MediatR;

namespace Mila.Events.Contracts;

/// <summary>A published event has another time; that includes the day that its month-only date was confirmed.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Slug">Its address in the agenda.</param>
/// <param name="Programme">Code of its programme.</param>
/// <param name="PreviousStartsAt">When it was to start; null where only a month was known.</param>
/// <param name="Month"><c>yyyy-MM</c> when the day is open again.</param>
/// <param name="StartsAt">New start.</param>
/// <param name="EndsAt">New end.</param>
/// <param name="SpaceCode">The space of MILA's that it uses, if any.</param>
/// <param name="CoHosts">Codes of the partners that host it too.</param>
/// <param name="Revision">Grows with each change of the event.</param>
/// <param name="At">When.</param>
public sealed record EventMoved(
    Guid EventId, string Slug, string Programme, DateTimeOffset? PreviousStartsAt, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? SpaceCode,
    IReadOnlyList<string> CoHosts, int Revision, DateTimeOffset At) : INotification;
