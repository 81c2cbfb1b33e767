using MediatR;

namespace Mila.Events.Contracts;

/// <summary>An open call takes no submissions any more.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Slug">Its address under <c>/calls</c>.</param>
/// <param name="Programme">Code of the programme that it belongs to.</param>
/// <param name="EventId">The event that it belongs to, if it belongs to one.</param>
/// <param name="Revision">Grows with each change of the call.</param>
/// <param name="At">When.</param>
public sealed record CallClosed(Guid CallId, string Slug, string? Programme, Guid? EventId, int Revision, DateTimeOffset At) : INotification;
