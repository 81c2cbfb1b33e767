using Mila.BuildingBlocks.Mail;

namespace Mila.Events.Calls;

internal static class DismissReviewer
{
    /// <summary>Take a reviewer off a call before its selection: their link opens nothing any more, what they said does not count, and the mails to them are forgotten.</summary>
    internal static async Task<Results<Tagged<CallResponse>, ProblemHttpResult>> Handle(Guid callId, Guid reviewerId, IDocumentSession session, CallLetters letters, TimeProvider clock, CancellationToken ct)
    {
        var call = await session.LoadLockedAsync<Call>(callId, ct);
        if (call is null) return CallErrors.Unknown.ToProblem();

        CallClock.Follow(session, call, letters, clock);
        var reviewer = call.ReviewerOf(reviewerId);
        if (!call.Dismiss(reviewerId, clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(call);
        await session.EraseMailsAboutAsync(CallLetters.TopicOf(reviewer!), clock, ct);
        await session.SaveChangesAsync(ct);
        return CallResponse.Tagged(call, clock.GetUtcNow());
    }
}
