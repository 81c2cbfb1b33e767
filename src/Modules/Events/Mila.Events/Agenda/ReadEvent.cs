namespace Mila.Events.Agenda;

internal static class ReadEvent
{
    /// <summary>Read an event.</summary>
    internal static async Task<Results<Tagged<EventResponse>, ProblemHttpResult>> Handle(Guid eventId, IQuerySession session, CancellationToken ct)
    {
        var @event = await session.LoadAsync<Event>(eventId, ct);
        return @event is null ? EventErrors.Unknown.ToProblem() : await EventResponse.TaggedAsync(session, @event, ct);
    }
}
