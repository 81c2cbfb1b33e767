using Mila.Events.Programmes;
using Mila.Events.Registrations;
using Mila.Events.Rooms;

namespace Mila.Events.Agenda;

internal static class PlanEvent
{
    /// <summary>Plan an event.</summary>
    internal static async Task<Results<TaggedCreated<EventResponse>, ProblemHttpResult>> Handle(EventRequest request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (!await session.Query<Programme>().AnyAsync(p => p.Code == request.Programme, ct)) return EventErrors.UnknownProgramme.At("/programme").ToProblem();

        var now = clock.GetUtcNow();
        var slug = await Slug.FreeAsync(session, request.Title.Fr, ct);
        if (!Event.Plan(Guid.CreateVersion7(now), slug, request.ToPlan(), now).Succeeded(out var planned, out var refusal)) return refusal.ToProblem();

        session.Store(planned);
        var room = EventRoom.Ask(session, planned, now);
        await session.SaveChangesAsync(ct);
        var seats = SeatPlan.Of(planned.Id);
        return Etag.Created($"/v1/events/{planned.Id}", EventResponse.Of(planned, seats, room), EventResponse.VersionOf(planned, seats, room));
    }
}
