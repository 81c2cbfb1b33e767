using MediatR;

namespace Mila.Events.Contracts;

/// <summary>An event stands in the public agenda. It may still have a month only.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Slug">Its address in the agenda: <c>/agenda/{slug}</c>.</param>
/// <param name="Programme">Code of its programme.</param>
/// <param name="TitleFr">Title in French.</param>
/// <param name="TitleEn">Title in English, where there is one.</param>
/// <param name="Audience"><c>members</c>, <c>hosted</c>, <c>network</c>, <c>professionals</c> or <c>public</c>.</param>
/// <param name="Month"><c>yyyy-MM</c> while the day is to be confirmed.</param>
/// <param name="StartsAt">Start, once scheduled.</param>
/// <param name="EndsAt">End, once scheduled.</param>
/// <param name="SpaceCode">The space of MILA's that it uses, if any.</param>
/// <param name="CoHosts">Codes of the partners that host it too.</param>
/// <param name="Revision">Grows with each change of the event.</param>
/// <param name="At">When.</param>
/// <param name="SummaryFr">Markdown in French, where there is one.</param>
/// <param name="SummaryEn">The same in English.</param>
/// <param name="VenueMode"><c>onSite</c>, <c>online</c> or <c>hybrid</c>; null where nothing is said of the place.</param>
/// <param name="VenueName">Name of the place.</param>
/// <param name="VenueAddress">Postal address, on one line.</param>
/// <param name="VenueUrl">Where one takes part online; only of an event that is for everybody.</param>
/// <param name="Tags">Tags.</param>
/// <param name="ImageUrl">A picture of it.</param>
public sealed record EventPublished(
    Guid EventId, string Slug, string Programme, string TitleFr, string? TitleEn, string Audience, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
    string? SpaceCode, IReadOnlyList<string> CoHosts, int Revision, DateTimeOffset At, string? SummaryFr = null, string? SummaryEn = null, string? VenueMode = null, string? VenueName = null, string? VenueAddress = null, string? VenueUrl = null,
    IReadOnlyList<string>? Tags = null, string? ImageUrl = null) : INotification;
