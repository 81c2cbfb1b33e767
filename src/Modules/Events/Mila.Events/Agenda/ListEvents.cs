using System.Text.Json;
using Mila.BuildingBlocks.Api.Lists;
using Mila.BuildingBlocks.Documents;
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

    private static readonly WrittenItems<Event, EventResponse> Items = new(Show, SeatsAndRoom);

    /// <summary>List the events, those without a date last.</summary>
    internal static Task<Results<WrittenPage<EventResponse>, ProblemHttpResult>> Handle(ListRequest list, CancellationToken ct) => Definition.WriteAsync(list, Items, ct);

    /// <summary>The documents of the seats and the room, one array of JSON; null where nobody has asked for either.</summary>
    private static string SeatsAndRoom(IDocumentStore store) => $"""
        nullif(jsonb_build_array((select s.data from {Table<SeatPlan>(store)} s where s.id = d.id), (select r.data from {Table<EventRoom>(store)} r where r.id = d.id))::text, '[null, null]')
        """;

    private static string Table<T>(IDocumentStore store) => store.Options.FindOrResolveDocumentType(typeof(T)).TableName.QualifiedName;

    private static EventResponse Show(Event e, string? beside)
    {
        if (beside is null) return EventResponse.Of(e, SeatPlan.Of(e.Id));

        using var read = JsonDocument.Parse(beside);
        return EventResponse.Of(e, DocumentJson.Read<SeatPlan>(read.RootElement[0]) ?? SeatPlan.Of(e.Id), DocumentJson.Read<EventRoom>(read.RootElement[1]));
    }
}
