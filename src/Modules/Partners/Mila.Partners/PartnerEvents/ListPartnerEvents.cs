using Mila.BuildingBlocks.Api.Lists;
using Mila.Partners.Partners;

namespace Mila.Partners.PartnerEvents;

internal static class ListPartnerEvents
{
    internal static readonly ListOf<PartnerEvent> Definition = new ListOf<PartnerEvent>()
        .Sort("startsAt", e => e.SortKey)
        .Sort("updatedAt", e => e.UpdatedAt)
        .Filter("externalId", e => e.ExternalId)
        .Within(e => e.SortKey, e => e.Terms!.EndsAt, TimeSpan.FromDays(PartnerEvent.MaxDays))
        .UpdatedSince(e => e.UpdatedAt);

    /// <summary>List the events that a partner has pushed. With <c>updatedSince</c> those that it has withdrawn since are among them.</summary>
    internal static async Task<Results<Ok<Page<PartnerEventResponse>>, ProblemHttpResult>> Handle(
        Guid partnerId, ListRequest list, HttpContext context, Caller caller, IQuerySession session, CancellationToken ct)
    {
        if (await session.LoadPartnerAsync(partnerId, caller, ct) is null) return PartnerErrors.Unknown.ToProblem();

        (System.Linq.Expressions.Expression<Func<PartnerEvent, object?>>, string?)[] only = context.Request.Query.ContainsKey("updatedSince")
            ? [(e => e.PartnerId, partnerId.ToString())]
            : [(e => e.PartnerId, partnerId.ToString()), (e => e.IsWithdrawn, "false")];
        return await Definition.AnswerAsync(list, session, PartnerEventResponse.Of, ct, only);
    }
}
