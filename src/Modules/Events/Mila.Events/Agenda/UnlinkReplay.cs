using Mila.Events.Registrations;

namespace Mila.Events.Agenda;

internal static class UnlinkReplay
{
    /// <summary>Show the recording of an event no longer, whoever agreed to have been filmed. Another one can be shown later.</summary>
    internal static async Task<Results<Tagged<EventResponse>, ProblemHttpResult>> Handle(
        Guid eventId, IfMatch ifMatch, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var @event = await session.LoadAsync<Event>(eventId, ct);
        if (@event is null) return EventErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(await EventResponse.VersionAsync(session, @event, await SeatPlan.FindAsync(session, eventId, ct), ct), out var stale)) return stale;
        if (!@event.UnlinkReplay(clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(@event);
        session.Publish(ChangeEvent.Changed(@event, ["replayUrl"]));
        await session.SaveChangesAsync(ct);
        return await EventResponse.TaggedAsync(session, @event, ct);
    }
}
