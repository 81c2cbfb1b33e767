using Mila.BuildingBlocks.Api.Lists;

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
    internal static Task<Results<Ok<Page<EventResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, EventResponse.Of, ct);
}
