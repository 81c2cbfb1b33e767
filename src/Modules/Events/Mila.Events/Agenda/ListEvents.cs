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
        .Within(e => e.SortKey, e => ((When.Scheduled)e.When).EndsAt, TimeSpan.FromDays(Event.MaxDays))
        .UpdatedSince(e => e.UpdatedAt);

    private static readonly WrittenItems<Event, EventResponse> Items = new(Show, SeatsAndRoom);
    private static readonly WrittenItems<Event, EventResponse> ItemsForPartners = new((e, beside) => Show(e, beside).ForPartner(), SeatsAndRoom);

    /// <summary>List the events, those without a date last. A partner's key sees those that were published, also when they are cancelled or have been held.</summary>
    internal static Task<Results<WrittenPage<EventResponse>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, CancellationToken ct) => caller.IsPartner
        ? Definition.WriteAsync(list, ItemsForPartners, ct, (e => e.PublishedAt, null))
        : Definition.WriteAsync(list, Items, ct);

    /// <summary>The documents of the seats and the room, a line each that begins with <c>s</c> or <c>r</c>; empty where nobody has asked for either.</summary>
    private static string SeatsAndRoom(IDocumentStore store) => $"""
        concat_ws(E'\n', (select 's' || s.data::text from {Table<SeatPlan>(store)} s where s.id = d.id), (select 'r' || r.data::text from {Table<EventRoom>(store)} r where r.id = d.id))
        """;

    private static string Table<T>(IDocumentStore store) => store.Options.FindOrResolveDocumentType(typeof(T)).TableName.QualifiedName;

    private static EventResponse Show(Event e, string? beside)
    {
        var lines = (beside ?? "").Split('\n');
        return EventResponse.Of(e, Read<SeatPlan>(lines, 's') ?? SeatPlan.Of(e.Id), Read<EventRoom>(lines, 'r'));
    }

    private static T? Read<T>(string[] lines, char kind)
        where T : class, IDocument => lines.FirstOrDefault(l => l.StartsWith(kind)) is { } line ? DocumentJson.Read<T>(line[1..]) : null;
}
