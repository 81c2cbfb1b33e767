using MediatR;

namespace Mila.Events.Contracts;

/// <summary>A published event reads differently; its time is the same (else <see cref="EventMoved"/>).</summary>
/// <param name="EventId">The event.</param>
/// <param name="Slug">Its address in the agenda.</param>
/// <param name="Programme">Code of its programme.</param>
/// <param name="TitleFr">Title in French.</param>
/// <param name="TitleEn">Title in English, where there is one.</param>
/// <param name="Audience">Who may come.</param>
/// <param name="SpaceCode">The space of MILA's that it uses, if any.</param>
/// <param name="CoHosts">Codes of the partners that host it too.</param>
/// <param name="Fields">Names of the members of the event that changed.</param>
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
public sealed record EventChanged(
    Guid EventId, string Slug, string Programme, string TitleFr, string? TitleEn, string Audience, string? SpaceCode, IReadOnlyList<string> CoHosts, IReadOnlyList<string> Fields,
    int Revision, DateTimeOffset At, string? SummaryFr = null, string? SummaryEn = null, string? VenueMode = null, string? VenueName = null, string? VenueAddress = null, string? VenueUrl = null,
    IReadOnlyList<string>? Tags = null, string? ImageUrl = null) : INotification;
