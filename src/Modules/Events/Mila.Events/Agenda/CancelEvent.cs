using Mila.BuildingBlocks.Values;
using Mila.Events.Calls;
using Mila.Events.Contracts;
using Mila.Events.Registrations;
using Mila.Events.Rooms;

namespace Mila.Events.Agenda;

internal static class CancelEvent
{
    /// <param name="Reason">Why, for the public: 1 to 500 characters a language.</param>
    internal sealed record Request(LocalizedText Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).Text(1, 500);
    }

    /// <summary>Cancel an event, and its calls with it. A published one stays in the agenda as cancelled for 30 days. Once it has been counted who came it has taken place, and is held instead.</summary>
    internal static async Task<Results<Tagged<EventResponse>, ProblemHttpResult>> Handle(
        Guid eventId, Request request, IDocumentSession session, Desks desks, CallsOff calls, TimeProvider clock, CancellationToken ct)
    {
        // Under the row lock: nobody closes its list meanwhile.
        var desk = await desks.OpenToChangeAsync(session, eventId, ct);
        if (desk is not { Event: var @event, Seats: var seats }) return EventErrors.Unknown.ToProblem();

        if (!@event.Cancel(request.Reason, clock.GetUtcNow(), seats).Succeeded(out var wasPublished, out var refusal)) return refusal.ToProblem();

        session.Store(@event);
        if (wasPublished) session.Publish(new EventCancelled(@event.Id, @event.Slug, @event.Programme, (@event.When as When.Scheduled)?.StartsAt, @event.Venue?.SpaceCode, @event.PartnerCodes, @event.Revision, @event.UpdatedAt, request.Reason.Fr, request.Reason.En));
        await calls.OfEventAsync(session, eventId, request.Reason, ct);
        await EventRoom.FollowAsync(session, @event, @event.UpdatedAt, ct);
        await session.SaveChangesAsync(ct);
        return await EventResponse.TaggedAsync(session, @event, ct);
    }
}
