using Mila.Events.Agenda;

namespace Mila.Events.Calls;

internal static class PublishCall
{
    /// <summary>Publish a call: it opens and closes at its instants.</summary>
    internal static async Task<Results<Tagged<CallResponse>, ProblemHttpResult>> Handle(
        Guid callId, IDocumentSession session, CallLetters letters, CallSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var call = await session.LoadLockedAsync<Call>(callId, ct);
        if (call is null) return CallErrors.Unknown.ToProblem();

        // It may have been called off while this was drawn up.
        if (call.Plan.EventId is { } eventId && await session.LoadAsync<Event>(eventId, ct) is { Status: EventStatus.Cancelled }) return EventErrors.Cancelled.ToProblem();
        if (!call.Publish(clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        CallClock.Follow(session, call, letters, clock);
        CallClock.Set(session, call, settings);
        session.Store(call);
        await session.SaveChangesAsync(ct);
        return CallResponse.Tagged(call, clock.GetUtcNow());
    }
}
