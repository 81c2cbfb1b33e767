using MediatR;

namespace Mila.Events.Contracts;

/// <summary>An event was taken out of the public agenda as if it had never been there. It is planned, not cancelled, and may be published again.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Slug">The address in the agenda that leads nowhere now.</param>
/// <param name="Programme">Code of its programme.</param>
/// <param name="CoHosts">Codes of the partners that host it too.</param>
/// <param name="Revision">Grows with each change of the event.</param>
/// <param name="At">When.</param>
public sealed record EventUnpublished(Guid EventId, string Slug, string Programme, IReadOnlyList<string> CoHosts, int Revision, DateTimeOffset At) : INotification;
