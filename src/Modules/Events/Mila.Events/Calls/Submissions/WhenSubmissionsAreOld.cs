using Mila.BuildingBlocks.Mail;
using Mila.Events.Calls.Reviews;
using Mila.Events.Calls.Selections;

namespace Mila.Events.Calls.Submissions;

/// <summary>What those who were not selected sent, and who the reviewers were, is forgotten when the time for which they were told that it is kept is over.</summary>
internal sealed class WhenSubmissionsAreOld(IDocumentSession session, CallLetters letters, CallSettings settings, TimeProvider clock) : INotificationHandler<SubmissionsAreOld>
{
    private const int AtOnce = 50;

    public async Task Handle(SubmissionsAreOld notification, CancellationToken ct)
    {
        // A call that was closed or announced later has a later notification of its own.
        if (await session.LoadLockedAsync<Call>(notification.CallId, ct) is not { } call || call.KeptUntil(settings) > clock.GetUtcNow()) return;

        var (left, selection) = (0, await session.LoadAsync<Selection>(call.Id, ct));
        foreach (var submission in await session.OfCallAsync(call.Id, ct))
        {
            if (submission.Status is SubmissionStatus.Erased || EraseSubmission.IsChosen(call, selection, submission)) continue;
            if (++left > AtOnce) break;

            await EraseSubmission.ApplyAsync(session, call, selection, submission, letters, clock, ct);
        }

        if (left > AtOnce) session.Publish(new SubmissionsAreOld(call.Id));
        else await ForgetReviewersAsync(call, ct);
    }

    /// <summary>Scores stay, and what was said of who is selected; who scored, and why one could not, goes.</summary>
    private async Task ForgetReviewersAsync(Call call, CancellationToken ct)
    {
        foreach (var reviewer in call.Reviewers) await session.EraseMailsAboutAsync(CallLetters.TopicOf(reviewer), clock, ct);
        foreach (var review in (await session.ReviewsOfAsync(call.Id, ct)).Where(r => r.Verdict is Verdict.Conflicted { Reason.Length: > 0 }))
        {
            review.Erase();
            session.Store(review);
        }

        if (call.ForgetReviewers(clock.GetUtcNow())) session.Store(call);
    }
}
