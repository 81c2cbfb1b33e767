using System.Globalization;
using System.Text.Json;
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

    private static readonly WrittenItems<Event, EventResponse> Items = new(Show, Seats);

    /// <summary>List the events, those without a date last.</summary>
    internal static Task<Results<WrittenPage<EventResponse>, ProblemHttpResult>> Handle(ListRequest list, CancellationToken ct) => Definition.WriteAsync(list, Items, ct);

    /// <summary>Seats taken, seats held, and who waits by their past places: <c>12|1|[0, 3]</c>; null where nobody has asked for a seat.</summary>
    private static string Seats(IDocumentStore store) => $"""
        (select concat_ws('|', s.data ->> 'taken', s.data ->> 'held', s.data ->> 'waiting') from {store.Options.FindOrResolveDocumentType(typeof(SeatPlan)).TableName.QualifiedName} s where s.id = d.id)
        """;

    private static EventResponse Show(Event e, string? seats)
    {
        var shown = EventResponse.Of(e, SeatPlan.Of(e.Id));
        return seats?.Split('|') is [var taken, var held, var waiting] ? shown with { SeatsTaken = Number(taken), SeatsHeld = Number(held), Waiting = JsonSerializer.Deserialize<int[]>(waiting)!.Sum() } : shown;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
