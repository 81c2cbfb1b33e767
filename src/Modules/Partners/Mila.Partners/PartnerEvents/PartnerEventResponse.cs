using Mila.BuildingBlocks.Values;

namespace Mila.Partners.PartnerEvents;

/// <summary>An event of a partner's as the API shows it; of one that was withdrawn only the ids and the time are left.</summary>
/// <param name="Id">The event, as MILA calls it.</param>
/// <param name="PartnerId">Whose it is.</param>
/// <param name="ExternalId">The event, as the partner calls it.</param>
/// <param name="Status">Whether it stands.</param>
/// <param name="Title">Title.</param>
/// <param name="Summary">Markdown.</param>
/// <param name="Month"><c>yyyy-MM</c> while the day is to be confirmed.</param>
/// <param name="StartsAt">Start in UTC.</param>
/// <param name="EndsAt">End in UTC.</param>
/// <param name="Venue">Where.</param>
/// <param name="Audience">Whom it is open to.</param>
/// <param name="Url">The partner's own page of it.</param>
/// <param name="Tags">Tags.</param>
/// <param name="CancellationReason">Why it was called off.</param>
/// <param name="CancelledAt">When it was called off.</param>
/// <param name="WithdrawnAt">When the partner took it back.</param>
/// <param name="FirstPushedAt">Since when it is known.</param>
/// <param name="UpdatedAt">Last change.</param>
internal sealed record PartnerEventResponse(
    Guid Id, Guid PartnerId, string ExternalId, PartnerEventStatus Status, LocalizedText? Title, LocalizedText? Summary, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
    PartnerVenue? Venue, PartnerAudience? Audience, string? Url, IReadOnlyList<string> Tags, LocalizedText? CancellationReason, DateTimeOffset? CancelledAt, DateTimeOffset? WithdrawnAt,
    DateTimeOffset FirstPushedAt, DateTimeOffset UpdatedAt)
{
    public static PartnerEventResponse Of(PartnerEvent e) => new(
        e.Id, e.PartnerId, e.ExternalId, e.Status, e.Terms?.Title, e.Terms?.Summary, e.Terms?.Month, e.Terms?.StartsAt, e.Terms?.EndsAt, e.Terms?.Venue, e.Terms?.Audience, e.Terms?.Url,
        e.Terms?.Tags ?? [], e.Terms?.CancellationReason, e.CancelledAt, e.WithdrawnAt, e.FirstPushedAt, e.UpdatedAt);
}
