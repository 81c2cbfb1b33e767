using Mila.Events.Contracts;

namespace Mila.Events.Agenda;

internal static class HoldEvent
{
    /// <summary>Say that an event has taken place.</summary>
    internal static async Task<Results<Tagged<EventResponse>, ProblemHttpResult>> Handle(Guid eventId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var @event = await session.LoadAsync<Event>(eventId, ct);
        if (@event is null) return EventErrors.Unknown.ToProblem();

        if (!@event.Hold(clock.GetUtcNow()).Succeeded(out var held, out var refusal)) return refusal.ToProblem();

        session.Store(@event);
        session.Publish(new EventHeld(@event.Id, @event.Slug, @event.Programme, held.StartsAt, held.EndsAt, @event.PartnerCodes, @event.Revision, @event.UpdatedAt));
        await session.SaveChangesAsync(ct);
        return await EventResponse.TaggedAsync(session, @event, ct);
    }
}
