using Mila.BuildingBlocks.Mail;
using Mila.Events.Calls.Reviews;
using Mila.Events.Calls.Selections;

namespace Mila.Events.Calls.Submissions;

internal static class EraseSubmission
{
    /// <summary>Forget who sent a submission, what they sent, what was written of it and the mails about it. Who is selected withdraws first.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid submissionId, IfMatch ifMatch, IDocumentSession session, CallLetters letters, TimeProvider clock, CancellationToken ct)
    {
        var (call, submission) = await session.LockedAsync(submissionId, ct);
        if (call is null || submission is null) return SubmissionErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(submission, out var stale)) return stale;

        var selection = await session.LoadAsync<Selection>(call.Id, ct);
        if (submission.Status is SubmissionStatus.Submitted && (call.Status is not (CallStatus.Cancelled or CallStatus.Announced) || IsChosen(call, selection, submission))) return SubmissionErrors.TakesPart.ToProblem();

        await ApplyAsync(session, call, selection, submission, letters, clock, ct);
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    /// <summary>Forgets it with the session's next commit; it leaves its place in the selection, to nobody.</summary>
    public static async Task ApplyAsync(IDocumentSession session, Call call, Selection? selection, Submission submission, CallLetters letters, TimeProvider clock, CancellationToken ct)
    {
        await WithdrawSubmission.LeaveSelectionAsync(session, call, selection, submission.Id, "erasure", Succession.Nobody, letters, clock, ct);
        submission.Erase(clock.GetUtcNow());
        session.Store(submission);
        foreach (var review in await session.Query<Review>().Where(r => r.SubmissionId == submission.Id).ToListAsync(ct))
        {
            review.Erase();
            session.Store(review);
        }

        await session.EraseMailsAboutAsync(CallLetters.TopicOf(submission.Id), clock, ct);
    }

    /// <summary>Whoever was announced as selected, and has not withdrawn.</summary>
    public static bool IsChosen(Call call, Selection? selection, Submission submission) =>
        call.Status is CallStatus.Announced && submission.Status is SubmissionStatus.Submitted && selection?.Find(submission.Id) is { Standing: Standing.Selected };
}
