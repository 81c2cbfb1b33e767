using Mila.Events.Agenda;
using Mila.Events.Programmes;
using Mila.Events.Registrations;
using Mila.Events.Rooms;

namespace Mila.Events.Series;

internal static class PlanSeries
{
    /// <param name="SeriesId">By which its events are found: <c>/v1/events?series=…</c>.</param>
    /// <param name="Items">The events in their order.</param>
    internal sealed record Response(Guid SeriesId, IReadOnlyList<EventResponse> Items);

    /// <summary>Plan several events of a programme at once, all or none. Each is published, moved and cancelled by itself.</summary>
    internal static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(SeriesRequest request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (!await session.Query<Programme>().AnyAsync(p => p.Code == request.Event.Programme, ct)) return EventErrors.UnknownProgramme.At("/event/programme").ToProblem();
        if (!Occasions.Of(request).Succeeded(out var plans, out var refusal)) return refusal.ToProblem();

        var now = clock.GetUtcNow();
        var seriesId = Guid.CreateVersion7(now);
        var (items, slugs) = (new List<EventResponse>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var plan in plans)
        {
            var slug = await Slug.FreeAsync(session, request.Event.Title.Fr, ct, slugs);
            slugs.Add(slug);
            if (!Event.Plan(Guid.CreateVersion7(now), slug, plan, now, seriesId).Succeeded(out var planned, out refusal)) return Occasions.WithinEvent(refusal).ToProblem();

            session.Store(planned);
            items.Add(EventResponse.Of(planned, SeatPlan.Of(planned.Id), EventRoom.Ask(session, planned, now)));
        }

        await session.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/events?series={seriesId}", new Response(seriesId, items));
    }
}
