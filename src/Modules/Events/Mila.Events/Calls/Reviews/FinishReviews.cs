using Mila.Events.Calls.Submissions;

namespace Mila.Events.Calls.Reviews;

internal static class FinishReviews
{
    /// <summary>A reviewer who has answered for every submission chooses to see what the others say; from then on their own stays as it is.</summary>
    public static async Task<Result<Call>> ApplyAsync(IDocumentSession session, Guid callId, Guid reviewerId, CallLetters letters, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LoadLockedAsync<Call>(callId, ct) is not { } call || call.ReviewerOf(reviewerId) is null) return CallErrors.UnknownReviewer;
        if (call.RefusesReviews(clock.GetUtcNow()) is { } refusal) return refusal;

        var answered = (await session.Query<Review>().Where(r => r.CallId == callId && r.ReviewerId == reviewerId).ToListAsync(ct)).Select(r => r.SubmissionId).ToHashSet();
        if ((await session.OfCallAsync(callId, SubmissionStatus.Submitted, ct)).Any(s => !answered.Contains(s.Id))) return ReviewErrors.Unfinished;

        CallClock.Follow(session, call, letters, clock);
        call.Finish(reviewerId, clock.GetUtcNow());
        session.Store(call);
        return call;
    }
}
