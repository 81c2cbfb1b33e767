using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Hosting.Leases;

internal static class ListLeases
{
    internal static readonly ListOf<Lease> Definition = new ListOf<Lease>()
        .Sort("startsOn", l => l.StartsOn)
        .Sort("endsOn", l => l.EndsOn)
        .Sort("updatedAt", l => l.UpdatedAt)
        .Filter("memberId", l => l.MemberId)
        .Filter("spaceCode", l => l.SpaceCode)
        .Filter("status", l => l.Status)
        .UpdatedSince(l => l.UpdatedAt);

    /// <summary>List the leases, the oldest first.</summary>
    internal static Task<Results<Ok<Page<LeaseResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, LeaseResponse.Of, ct);
}
