namespace Mila.Events.Calls.Submissions;

internal static class ReadSubmission
{
    /// <summary>Read a submission.</summary>
    internal static async Task<Results<Tagged<SubmissionResponse>, ProblemHttpResult>> Handle(Guid submissionId, IQuerySession session, CancellationToken ct) =>
        await session.LoadAsync<Submission>(submissionId, ct) is { } submission ? Etag.Ok(SubmissionResponse.Of(submission), submission) : SubmissionErrors.Unknown.ToProblem();
}
