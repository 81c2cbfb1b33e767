using System.ComponentModel.DataAnnotations;
using Marten.Linq.MatchesSql;
using Mila.BuildingBlocks.Time;
using Mila.Partners.Agreements;
using Mila.Partners.Partners;

namespace Mila.Partners.PartnerEvents;

internal static class PushPartnerEvent
{
    /// <summary>Put an event of a partner's into the members' agenda, or say it anew. The partner's own id makes it the same event each time; If-Match is honoured when it is sent. A partner has at most 1 000 that are not over.</summary>
    internal static async Task<Results<TaggedCreated<PartnerEventResponse>, Tagged<PartnerEventResponse>, ProblemHttpResult>> Handle(
        Guid partnerId, [StringLength(PartnerEvent.LongestExternalId), RegularExpression(PartnerEventRequest.ExternalIds)] string externalId, PartnerEventRequest request, Preconditions preconditions, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LockPartnerAsync(partnerId, caller, ct) is null) return PartnerErrors.Unknown.ToProblem();
        if (!PartnerEventRequest.IsExternalId(externalId)) return PartnerEventErrors.ExternalIdRefused.ToProblem();

        var @event = await session.LoadPartnerEventAsync(partnerId, externalId, caller, ct);
        var stands = @event is { IsWithdrawn: false };
        if (!preconditions.Allow(stands ? @event : null, out var failed)) return failed;
        if (!request.ToTerms().Succeeded(out var terms, out var refusal)) return refusal.ToProblem();

        var now = clock.GetUtcNow();
        if (!(await session.AgreementsAsync(partnerId, ct)).Any(a => a.Terms.Grants.Events && a.OpensToOurs(ParisTime.DateOf(now)))) return AgreementErrors.Needed.ToProblem();
        var since = PartnerEvent.NotOverSince(now);
        if (!stands && await session.Query<PartnerEvent>().CountAsync(e => e.PartnerId == partnerId && !e.IsWithdrawn && e.MatchesSql("(d.data ->> 'sortKey') collate \"C\" >= ?", since), ct) >= PartnerEvent.Most) return PartnerEventErrors.TooMany.ToProblem();

        if (@event is null) @event = PartnerEvent.Push(Guid.CreateVersion7(now), partnerId, externalId, terms, request.IsCancelled, now);
        else if (!@event.Replace(terms, request.IsCancelled, now)) return Etag.Ok(PartnerEventResponse.Of(@event), @event);

        session.Store(@event);
        session.Publish(@event.Pushed());
        await session.SaveChangesAsync(ct);
        return stands ? Etag.Ok(PartnerEventResponse.Of(@event), @event) : Etag.Created($"/v1/partners/{partnerId}/events/{externalId}", PartnerEventResponse.Of(@event), @event);
    }
}
