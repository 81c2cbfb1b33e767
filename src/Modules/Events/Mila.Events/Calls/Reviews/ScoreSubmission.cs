using Mila.BuildingBlocks.Values;
using Mila.Events.Calls.Submissions;
using Mila.Events.Feeds;

namespace Mila.Events.Calls.Reviews;

internal static class ScoreSubmission
{
    /// <param name="ReviewerId">The reviewer whose paper is entered.</param>
    /// <param name="SubmissionId">The submission.</param>
    /// <param name="Scores">One a criterion of the call, from 1 to its best.</param>
    /// <param name="Comment">For the artist, who is not told from whom; at most 2 000 characters.</param>
    /// <param name="Note">For the other reviewers and the staff; at most 2 000 characters.</param>
    internal sealed record Request(Guid ReviewerId, Guid SubmissionId, IReadOnlyList<Score> Scores, string? Comment = null, string? Note = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Scores).NotEmpty().AtMost(20);
            RuleForEach(r => r.Scores).NotNull().ChildRules(s =>
            {
                s.RuleFor(x => x.Criterion).Code();
                s.RuleFor(x => x.Value).InclusiveBetween(1, 20);
            });
            RuleFor(r => r.Comment).MaximumLength(Review.LongestText);
            RuleFor(r => r.Note).MaximumLength(Review.LongestText);
        }
    }

    /// <summary>Enter what a reviewer scored; reviewers do so themselves by the link that they were sent.</summary>
    internal static async Task<Results<Tagged<ReviewResponse>, ProblemHttpResult>> Handle(Guid callId, Request request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var verdict = new Verdict.Scored(request.Scores, Said(request.Comment), Said(request.Note));
        var said = await ApplyAsync(session, callId, request.ReviewerId, request.SubmissionId, (before, call, reviewer, submission) => Review.Score(before, call, reviewer, submission, verdict, clock.GetUtcNow()), ct);
        if (!said.Succeeded(out var review, out var refusal)) return refusal.ToProblem();

        await session.SaveChangesAsync(ct);
        return Etag.Ok(ReviewResponse.Of(review), review);
    }

    /// <summary>Find the call under its lock, the reviewer and the submission, and store what the verb makes of them.</summary>
    public static async Task<Result<Review>> ApplyAsync(
        IDocumentSession session, Guid callId, Guid reviewerId, Guid submissionId, Func<Review?, Call, Reviewer, Submission, Result<Review>> verb, CancellationToken ct)
    {
        if (await session.LoadLockedAsync<Call>(callId, ct) is not { } call) return CallErrors.Unknown;
        if (call.ReviewerOf(reviewerId) is not { } reviewer) return CallErrors.UnknownReviewer;
        if (await session.LoadAsync<Submission>(submissionId, ct) is not { } submission || submission.CallId != callId) return SubmissionErrors.Unknown;

        var key = Review.KeyOf(submissionId, reviewerId);
        if (!verb(await session.Query<Review>().FirstOrDefaultAsync(r => r.Key == key, ct), call, reviewer, submission).Succeeded(out var review, out var refusal)) return refusal;

        session.Store(review);
        return review;
    }

    /// <summary>What was said, if anything was.</summary>
    public static string? Said(string? text) => Plain.Lines(text ?? "") is { Length: > 0 } said ? said : null;
}
