using MediatR;

namespace Mila.Events.Contracts;

/// <summary>An open call for artists takes submissions from now on.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Slug">Its address under <c>/calls</c>.</param>
/// <param name="Programme">Code of the programme that it belongs to.</param>
/// <param name="EventId">The event that it belongs to, if it belongs to one.</param>
/// <param name="TitleFr">Its title in French.</param>
/// <param name="TitleEn">Its title in English, where there is one.</param>
/// <param name="ClosesAt">Until when.</param>
/// <param name="Revision">Grows with each change of the call.</param>
/// <param name="At">When.</param>
public sealed record CallOpened(Guid CallId, string Slug, string? Programme, Guid? EventId, string TitleFr, string? TitleEn, DateTimeOffset ClosesAt, int Revision, DateTimeOffset At) : INotification;
