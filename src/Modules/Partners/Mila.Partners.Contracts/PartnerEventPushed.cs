using MediatR;

namespace Mila.Partners.Contracts;

/// <summary>A partner says that an event of its own is open to members, or says it anew.</summary>
/// <param name="PartnerEventId">The event, as MILA calls it.</param>
/// <param name="PartnerId">Whose it is.</param>
/// <param name="ExternalId">The event, as the partner calls it.</param>
/// <param name="TitleFr">Its title in French.</param>
/// <param name="TitleEn">The same in English.</param>
/// <param name="SummaryFr">Markdown in French.</param>
/// <param name="SummaryEn">The same in English.</param>
/// <param name="Month"><c>yyyy-MM</c> while the day is to be confirmed.</param>
/// <param name="StartsAt">Its start, in UTC.</param>
/// <param name="EndsAt">Its end, in UTC.</param>
/// <param name="VenueMode"><c>onSite</c>, <c>online</c> or <c>hybrid</c>; null where nothing is said.</param>
/// <param name="VenueName">Name of the place.</param>
/// <param name="VenueAddress">Postal address.</param>
/// <param name="VenueUrl">Where the online part is announced; https.</param>
/// <param name="Audience"><c>network</c>, <c>professionals</c> or <c>public</c>.</param>
/// <param name="Url">The partner's page of it; https.</param>
/// <param name="Tags">Tags.</param>
/// <param name="CancelledAt">When the partner called it off; null while it stands.</param>
/// <param name="CancellationReasonFr">Why, in French.</param>
/// <param name="CancellationReasonEn">The same in English.</param>
/// <param name="FirstPushedAt">Since when it is known.</param>
/// <param name="Moves">How often its time has changed or it was called off: iCalendar's SEQUENCE.</param>
/// <param name="Revision">Grows with each change of the event.</param>
/// <param name="At">When.</param>
public sealed record PartnerEventPushed(
    Guid PartnerEventId, Guid PartnerId, string ExternalId, string TitleFr, string? TitleEn, string? SummaryFr, string? SummaryEn, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
    string? VenueMode, string? VenueName, string? VenueAddress, string? VenueUrl, string Audience, string Url, IReadOnlyList<string> Tags, DateTimeOffset? CancelledAt, string? CancellationReasonFr,
    string? CancellationReasonEn, DateTimeOffset FirstPushedAt, int Moves, int Revision, DateTimeOffset At) : INotification;
