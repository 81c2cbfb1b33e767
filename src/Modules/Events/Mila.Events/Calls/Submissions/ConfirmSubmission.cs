using Mila.BuildingBlocks.Mail;

namespace Mila.Events.Calls.Submissions;

internal static class ConfirmSubmission
{
    /// <summary>The artist has followed the link in the mail: what was sent in time takes part, also when it is confirmed after the closing.</summary>
    public static async Task<Result<Submission>> ApplyAsync(IDocumentSession session, Guid submissionId, CallLetters letters, CallSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var (call, submission) = await session.LockedAsync(submissionId, ct);
        if (call is null || submission is null) return SubmissionErrors.Unknown;
        if (submission.Status is not SubmissionStatus.Pending) return submission;

        var now = clock.GetUtcNow();
        if (submission.SentAt + settings.ConfirmWithin <= now) return SubmissionErrors.LinkExpired;
        if (call.StatusAt(now) is not (CallStatus.Open or CallStatus.Closed)) return call.RefusesSubmissions(now)!;
        if (await session.RefusesAsync(submission, submission.Work, ct) is { } taken) return taken;

        submission.Confirm(await session.NextNumberAsync(call.Id, ct), now);
        session.Store(submission);
        session.Send(letters.Received(call, submission), clock);
        return submission;
    }
}
