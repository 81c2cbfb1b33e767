using Mila.BuildingBlocks.Api.Lists;
using Mila.Events.Registrations;

namespace Mila.Events.Agenda;

internal static class ListEvents
{
    internal static readonly ListOf<Event> Definition = new ListOf<Event>()
        .Sort("startsAt", e => e.SortKey)
        .Sort("updatedAt", e => e.UpdatedAt)
        .Filter("programme", e => e.Programme)
        .Filter("status", e => e.Status)
        .Filter("audience", e => e.Audience)
        .From("from", e => e.SortKey)
        .Until("to", e => e.SortKey)
        .UpdatedSince(e => e.UpdatedAt);

    /// <summary>List the events, those without a date last.</summary>
    internal static async Task<Results<Ok<Page<EventResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct)
    {
        var answer = await Definition.AnswerAsync(list, session, e => EventResponse.Of(e, SeatPlan.Of(e.Id)), ct);
        if (answer.Result is not Ok<Page<EventResponse>> { Value: { } page }) return answer;

        var seats = (await session.LoadManyAsync<SeatPlan>(ct, page.Items.Select(e => e.Id))).ToDictionary(s => s.Id);
        return TypedResults.Ok(page with { Items = [.. page.Items.Select(e => seats.TryGetValue(e.Id, out var s) ? e.With(s) : e)] });
    }
}
