using MediatR;

namespace Mila.Events.Contracts;

/// <summary>Who is selected in a call is public. Their names stay in Events; the call's page says them.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Slug">Its address under <c>/calls</c>.</param>
/// <param name="Programme">Code of the programme that it belongs to.</param>
/// <param name="EventId">The event that it belongs to, if it belongs to one.</param>
/// <param name="Places">How many are selected.</param>
/// <param name="Revision">Grows with each change of the call.</param>
/// <param name="At">When.</param>
public sealed record SelectionAnnounced(Guid CallId, string Slug, string? Programme, Guid? EventId, int Places, int Revision, DateTimeOffset At) : INotification;
