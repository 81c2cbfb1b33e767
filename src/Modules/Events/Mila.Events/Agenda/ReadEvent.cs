namespace Mila.Events.Agenda;

internal static class ReadEvent
{
    /// <summary>Read an event.</summary>
    internal static async Task<Results<Tagged<EventResponse>, ProblemHttpResult>> Handle(Guid eventId, Caller caller, IQuerySession session, CancellationToken ct)
    {
        var @event = await session.LoadSeenAsync(eventId, caller, ct);
        if (@event is null) return EventErrors.Unknown.ToProblem();

        return await EventResponse.TaggedAsync(session, @event, ct, caller.IsPartner);
    }
}
