using System.ComponentModel.DataAnnotations;
using Mila.Partners.Contracts;

namespace Mila.Partners.PartnerEvents;

internal static class WithdrawPartnerEvent
{
    /// <summary>Take an event of a partner's back: a tombstone is left, and the agenda forgets it.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid partnerId, [StringLength(PartnerEvent.LongestExternalId), RegularExpression(PartnerEventRequest.ExternalIds)] string externalId, IfMatch ifMatch, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LoadPartnerEventAsync(partnerId, externalId, caller, ct) is not { } @event) return PartnerEventErrors.Unknown.ToProblem();
        if (@event.IsWithdrawn) return PartnerEventErrors.Withdrawn.ToProblem();
        if (!ifMatch.Allows(@event, out var stale)) return stale;

        @event.Withdraw(clock.GetUtcNow());
        session.Store(@event);
        session.Publish(new PartnerEventWithdrawn(@event.Id, partnerId, externalId, @event.Revision, @event.UpdatedAt));
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
