using MediatR;

namespace Mila.Events.Contracts;

/// <summary>A published event will not take place.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Slug">Its address in the agenda, where it stays for 30 days as cancelled.</param>
/// <param name="Programme">Code of its programme.</param>
/// <param name="StartsAt">When it was to start, if that was known.</param>
/// <param name="SpaceCode">The space of MILA's that it used, if any.</param>
/// <param name="CoHosts">Codes of the partners that host it too.</param>
/// <param name="Revision">Grows with each change of the event.</param>
/// <param name="At">When.</param>
/// <param name="ReasonFr">Why, in French.</param>
/// <param name="ReasonEn">The same in English, where it was said.</param>
public sealed record EventCancelled(
    Guid EventId, string Slug, string Programme, DateTimeOffset? StartsAt, string? SpaceCode, IReadOnlyList<string> CoHosts, int Revision, DateTimeOffset At,
    string? ReasonFr = null, string? ReasonEn = null) : INotification;
