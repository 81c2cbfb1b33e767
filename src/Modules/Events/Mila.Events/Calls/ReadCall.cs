namespace Mila.Events.Calls;

internal static class ReadCall
{
    /// <summary>Read a call.</summary>
    internal static async Task<Results<Tagged<CallResponse>, ProblemHttpResult>> Handle(Guid callId, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
        await session.LoadAsync<Call>(callId, ct) is { } call ? CallResponse.Tagged(call, clock.GetUtcNow()) : CallErrors.Unknown.ToProblem();
}
