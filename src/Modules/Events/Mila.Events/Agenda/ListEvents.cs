using Mila.BuildingBlocks.Api.Lists;
using Mila.Events.Registrations;
using Mila.Events.Rooms;

namespace Mila.Events.Agenda;

internal static class ListEvents
{
    internal static readonly ListOf<Event> Definition = new ListOf<Event>()
        .Sort("startsAt", e => e.SortKey)
        .Sort("updatedAt", e => e.UpdatedAt)
        .Filter("programme", e => e.Programme)
        .Filter("status", e => e.Status)
        .Filter("audience", e => e.Audience)
        .Filter("series", e => e.SeriesId)
        .From("from", e => e.SortKey)
        .Until("to", e => e.SortKey)
        .UpdatedSince(e => e.UpdatedAt);

    /// <summary>List the events, those without a date last.</summary>
    internal static async Task<Results<Ok<Page<EventResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct)
    {
        var found = new Dictionary<Guid, Event>();
        var answer = await Definition.AnswerAsync(list, session, e => EventResponse.Of(found[e.Id] = e, SeatPlan.Of(e.Id)), ct);
        if (answer.Result is not Ok<Page<EventResponse>> { Value: { } page }) return answer;

        var seats = (await session.LoadManyAsync<SeatPlan>(ct, found.Keys)).ToDictionary(s => s.Id);
        var roomed = found.Values.Where(e => e.Venue?.SpaceCode is not null).Select(e => e.Id).ToArray();
        var rooms = roomed.Length == 0 ? [] : (await session.LoadManyAsync<EventRoom>(ct, roomed)).ToDictionary(r => r.Id);
        return TypedResults.Ok(page with { Items = [.. page.Items.Select(e => EventResponse.Of(found[e.Id], seats.GetValueOrDefault(e.Id) ?? SeatPlan.Of(e.Id), rooms.GetValueOrDefault(e.Id)))] });
    }
}
