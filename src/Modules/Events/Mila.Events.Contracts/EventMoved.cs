using MediatR;

namespace Mila.Events.Contracts;

/// <summary>A published event has another time; that includes the day that its month-only date was confirmed. It says the event as it reads at this revision: what else changed with the time too.</summary>
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
/// <param name="TitleFr">Title in French; null from a version that did not say.</param>
/// <param name="TitleEn">Title in English, where there is one.</param>
/// <param name="Audience">Who may come.</param>
/// <param name="SummaryFr">Markdown in French, where there is one.</param>
/// <param name="SummaryEn">The same in English.</param>
/// <param name="VenueMode"><c>onSite</c>, <c>online</c> or <c>hybrid</c>; null where nothing is said of the place.</param>
/// <param name="VenueName">Name of the place.</param>
/// <param name="VenueAddress">Postal address, on one line.</param>
/// <param name="VenueUrl">Where one takes part online; only of an event that is for everybody.</param>
/// <param name="Tags">Tags.</param>
/// <param name="ImageUrl">A picture of it.</param>
/// <param name="Fields">Which of <c>month</c>, <c>startsAt</c> and <c>endsAt</c> changed; null from a version that did not say.</param>
public sealed record EventMoved(
    Guid EventId, string Slug, string Programme, DateTimeOffset? PreviousStartsAt, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? SpaceCode,
    IReadOnlyList<string> CoHosts, int Revision, DateTimeOffset At, string? TitleFr = null, string? TitleEn = null, string? Audience = null,
    string? SummaryFr = null, string? SummaryEn = null, string? VenueMode = null, string? VenueName = null, string? VenueAddress = null, string? VenueUrl = null,
    IReadOnlyList<string>? Tags = null, string? ImageUrl = null, IReadOnlyList<string>? Fields = null) : INotification;
