namespace Mila.Events.Agenda;

internal static class LinkReplay
{
    /// <param name="Url">Where the recording stands; https.</param>
    internal sealed record Request(string Url);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Url).HttpsUrl();
    }

    /// <summary>Show the recording of an event that was held. It is public as long as every speaker agrees to have been filmed.</summary>
    internal static async Task<Results<Tagged<EventResponse>, ProblemHttpResult>> Handle(
        Guid eventId, Request request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var @event = await session.LoadAsync<Event>(eventId, ct);
        if (@event is null) return EventErrors.Unknown.ToProblem();

        if (!@event.LinkReplay(request.Url, clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(@event);
        session.Publish(ChangeEvent.Changed(@event, ["replayUrl"]));
        await session.SaveChangesAsync(ct);
        return await EventResponse.TaggedAsync(session, @event, ct);
    }
}
