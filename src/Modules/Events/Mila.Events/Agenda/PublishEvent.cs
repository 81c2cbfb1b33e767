using Mila.Events.Contracts;
using Mila.Events.Feeds;

namespace Mila.Events.Agenda;

internal static class PublishEvent
{
    /// <summary>Publish an event: within a second it stands in the agenda and in every feed.</summary>
    internal static async Task<Results<Tagged<EventResponse>, ProblemHttpResult>> Handle(Guid eventId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var @event = await session.LoadAsync<Event>(eventId, ct);
        if (@event is null) return EventErrors.Unknown.ToProblem();

        if (!@event.Publish(clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(@event);
        session.Publish(Published(@event));
        await session.SaveChangesAsync(ct);
        return await EventResponse.TaggedAsync(session, @event, ct);
    }

    private static EventPublished Published(Event e)
    {
        var venue = PublicEvent.Told(e.Venue, e.Audience);
        return new EventPublished(
            e.Id, e.Slug, e.Programme, e.Texts.Title.Fr, e.Texts.Title.En, e.Audience.Word(), (e.When as When.InMonth)?.Month, (e.When as When.Scheduled)?.StartsAt,
            (e.When as When.Scheduled)?.EndsAt, venue?.SpaceCode, e.PartnerCodes, e.Revision, e.UpdatedAt,
            e.Texts.Summary?.Fr, e.Texts.Summary?.En, venue?.Mode.Word(), venue?.Name, venue?.Address, venue?.Url, e.Tags, e.Image?.Url);
    }
}
