using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Events.Calls;

internal static class ListCalls
{
    internal static readonly ListOf<Call> Definition = new ListOf<Call>()
        .Sort("closesAt", c => c.Plan.ClosesAt)
        .Sort("updatedAt", c => c.UpdatedAt)
        .Filter("programme", c => c.Plan.Programme)
        .Filter("eventId", c => c.Plan.EventId)
        .Filter("status", c => c.Status)
        .From("from", c => c.Plan.ClosesAt)
        .Until("to", c => c.Plan.ClosesAt)
        .UpdatedSince(c => c.UpdatedAt);

    /// <summary>List the calls for artists by their closing.</summary>
    internal static Task<Results<Ok<Page<CallResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return Definition.AnswerAsync(list, session, c => CallResponse.Of(c, now), ct);
    }
}
