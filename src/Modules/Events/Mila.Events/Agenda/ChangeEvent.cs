using Mila.Events.Contracts;
using Mila.Events.Feeds;
using Mila.Events.Programmes;
using Mila.Events.Registrations;
using Mila.Events.Rooms;

namespace Mila.Events.Agenda;

internal static class ChangeEvent
{
    /// <summary>Change an event: schedule it, move it, say it better.</summary>
    internal static async Task<Results<Tagged<EventResponse>, ProblemHttpResult>> Handle(
        Guid eventId, Patch<EventRequest> patch, IfMatch ifMatch, IDocumentSession session, Desks desks, TimeProvider clock, CancellationToken ct)
    {
        var desk = await desks.OpenToChangeAsync(session, eventId, ct);
        if (desk is not { Event: var @event }) return EventErrors.Unknown.ToProblem();
        var room = await EventRoom.FindAsync(session, eventId, ct);
        if (!ifMatch.Allows(EventResponse.VersionOf(@event, desk.Seats, room), out var stale)) return stale;
        if (!(await patch.ApplyToAsync(EventRequest.Of(@event), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.Programme != @event.Programme && !await session.Query<Programme>().AnyAsync(p => p.Code == request.Programme, ct)) return EventErrors.UnknownProgramme.At("/programme").ToProblem();

        if (!@event.Replan(request.ToPlan(), clock.GetUtcNow(), desk.Seats).Succeeded(out var change, out var refusal)) return refusal.ToProblem();
        if (change.Fields.Count == 0) return EventResponse.Tagged(@event, desk.Seats, room);

        session.Store(@event);
        room.Follow(session, @event, @event.UpdatedAt);
        if (@event.Status is EventStatus.Published or EventStatus.Held) Tell(session, @event, change);
        await Desks.CloseAsync(session, desk, ct);
        await session.SaveChangesAsync(ct);
        return EventResponse.Tagged(@event, desk.Seats, room);
    }

    /// <summary>Tells those who know the old plan of a published event.</summary>
    internal static void Tell(IDocumentSession session, Event e, EventChange change)
    {
        if (change.Moves(e.When))
        {
            session.Publish(Moved(e, change));
        }
        else if (e.Status is EventStatus.Published && change.MovesElsewhere)
        {
            // Who is registered is told of a move; of another place, too, and once of both.
            session.Publish(new MoreAreRegistered(e.Id, ""));
        }

        var fields = change.Fields.Where(f => f is not ("startsAt" or "endsAt" or "month")).ToArray();
        if (fields.Length > 0) session.Publish(Changed(e, fields));
    }

    /// <summary>What the public reads of an event that reads differently.</summary>
    internal static EventChanged Changed(Event e, IReadOnlyList<string> fields)
    {
        var venue = PublicEvent.Told(e.Venue, e.Audience);
        return new EventChanged(
            e.Id, e.Slug, e.Programme, e.Texts.Title.Fr, e.Texts.Title.En, e.Audience.Word(), venue?.SpaceCode, e.PartnerCodes, fields, e.Revision, e.UpdatedAt,
            e.Texts.Summary?.Fr, e.Texts.Summary?.En, venue?.Mode.Word(), venue?.Name, venue?.Address, venue?.Url, e.Tags, e.Image?.Url);
    }

    private static EventMoved Moved(Event e, EventChange change)
    {
        var (before, now, venue) = (change.Before as When.Scheduled, e.When as When.Scheduled, PublicEvent.Told(e.Venue, e.Audience));
        return new EventMoved(
            e.Id, e.Slug, e.Programme, before?.StartsAt, (e.When as When.InMonth)?.Month, now?.StartsAt, now?.EndsAt, venue?.SpaceCode, e.PartnerCodes, e.Revision, e.UpdatedAt,
            e.Texts.Title.Fr, e.Texts.Title.En, e.Audience.Word(), e.Texts.Summary?.Fr, e.Texts.Summary?.En, venue?.Mode.Word(), venue?.Name, venue?.Address, venue?.Url, e.Tags, e.Image?.Url,
            [.. Moved(change.Before, e.When)]);
    }

    /// <summary>Which of its times are others.</summary>
    private static IEnumerable<string> Moved(When before, When now)
    {
        if ((before as When.InMonth)?.Month != (now as When.InMonth)?.Month) yield return "month";
        var (was, @is) = (before as When.Scheduled, now as When.Scheduled);
        if (was?.StartsAt != @is?.StartsAt) yield return "startsAt";
        if (was?.EndsAt != @is?.EndsAt) yield return "endsAt";
    }
}
