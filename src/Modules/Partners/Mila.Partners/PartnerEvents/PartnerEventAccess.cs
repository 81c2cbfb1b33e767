using Mila.Partners.Contracts;

namespace Mila.Partners.PartnerEvents;

/// <summary>A partner's event is reached by the partner's own id of it, and by a partner's key only its own.</summary>
internal static class PartnerEventAccess
{
    internal static async Task<PartnerEvent?> LoadPartnerEventAsync(this IQuerySession session, Guid partnerId, string externalId, Caller caller, CancellationToken ct) =>
        caller.IsPartner && caller.PartnerId != partnerId ? null : await session.Query<PartnerEvent>().FirstOrDefaultAsync(e => e.PartnerId == partnerId && e.ExternalId == externalId, ct);

    internal static PartnerEventPushed Pushed(this PartnerEvent e) => e.Terms is { } t
        ? new PartnerEventPushed(
            e.Id, e.PartnerId, e.ExternalId, t.Title.Fr, t.Title.En, t.Summary?.Fr, t.Summary?.En, t.Month, t.StartsAt, t.EndsAt, t.Venue?.Mode.Word(), t.Venue?.Name, t.Venue?.Address, t.Venue?.Url,
            t.Audience.Word(), t.Url, t.Tags, e.CancelledAt, t.CancellationReason?.Fr, t.CancellationReason?.En, e.FirstPushedAt, e.Moves, e.Revision, e.UpdatedAt)
        : throw new InvalidOperationException("A tombstone was not pushed.");
}
