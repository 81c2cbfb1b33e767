using Mila.Events.Contracts;
using Mila.Events.Registrations;

namespace Mila.Events.Agenda;

internal static class UnpublishEvent
{
    /// <summary>Take an event out of the agenda as if it had never been there. One that people are registered for is cancelled instead.</summary>
    internal static async Task<Results<Tagged<EventResponse>, ProblemHttpResult>> Handle(
        Guid eventId, IfMatch ifMatch, IDocumentSession session, Desks desks, TimeProvider clock, CancellationToken ct)
    {
        // Under the row lock: nobody registers meanwhile.
        var desk = await desks.OpenToChangeAsync(session, eventId, ct);
        if (desk is not { Event: var @event, Seats: var seats }) return EventErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(await EventResponse.VersionAsync(session, @event, seats, ct), out var stale)) return stale;

        if (!@event.Unpublish(seats.Taken + seats.Held + seats.RemoteTaken + seats.RemoteHeld + seats.InLine, clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(@event);
        session.Publish(new EventUnpublished(@event.Id, @event.Slug, @event.Programme, @event.PartnerCodes, @event.Revision, @event.UpdatedAt));
        await session.SaveChangesAsync(ct);
        return await EventResponse.TaggedAsync(session, @event, ct);
    }
}
