using System.ComponentModel.DataAnnotations;

namespace Mila.Partners.PartnerEvents;

internal static class ReadPartnerEvent
{
    /// <summary>Read an event of a partner's, by the partner's own id of it.</summary>
    internal static async Task<Results<Tagged<PartnerEventResponse>, ProblemHttpResult>> Handle(
        Guid partnerId, [StringLength(PartnerEvent.LongestExternalId), RegularExpression(PartnerEventRequest.ExternalIds)] string externalId, Caller caller, IQuerySession session, CancellationToken ct) =>
        await session.LoadPartnerEventAsync(partnerId, externalId, caller, ct) is not { } @event ? PartnerEventErrors.Unknown.ToProblem()
        : @event.IsWithdrawn ? PartnerEventErrors.Withdrawn.ToProblem()
        : Etag.Ok(PartnerEventResponse.Of(@event), @event);
}
