namespace Mila.Events.Calls.Submissions;

internal static class RewriteSubmission
{
    /// <summary>The artist says it better, until the closing.</summary>
    public static async Task<Result<Submission>> ApplyAsync(IDocumentSession session, Guid submissionId, Work work, TimeProvider clock, CancellationToken ct)
    {
        var (call, submission) = await session.LockedAsync(submissionId, ct);
        if (call is null || submission is null) return SubmissionErrors.Unknown;
        if (submission.Status is SubmissionStatus.Pending) return SubmissionErrors.NotConfirmed;
        if (submission.Status is not SubmissionStatus.Submitted) return SubmissionErrors.Withdrawn;
        if (call.RefusesSubmissions(clock.GetUtcNow()) is { } refusal) return refusal;
        if (await session.RefusesAsync(submission, work, ct) is { } taken) return taken;

        if (!submission.Rewrite(work, clock.GetUtcNow()).Succeeded(out refusal)) return refusal;

        session.Store(submission);
        return submission;
    }
}
