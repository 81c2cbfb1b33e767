using Mila.BuildingBlocks.Values;
using Mila.Events.Feeds;

namespace Mila.Events.Calls.Reviews;

internal static class DeclareConflict
{
    /// <param name="ReviewerId">The reviewer.</param>
    /// <param name="SubmissionId">The submission.</param>
    /// <param name="Reason">Why, 1 to 500 characters; for the staff.</param>
    internal sealed record Request(Guid ReviewerId, Guid SubmissionId, string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).NotEmpty().MaximumLength(500);
    }

    /// <summary>Enter that a reviewer has a conflict of interest with an artist: they do not score that submission and do not see its scores. Scores that they gave before are gone.</summary>
    internal static async Task<Results<Tagged<ReviewResponse>, ProblemHttpResult>> Handle(Guid callId, Request request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var said = await ScoreSubmission.ApplyAsync(
            session, callId, request.ReviewerId, request.SubmissionId, (before, call, reviewer, submission) => Review.Declare(before, call, reviewer, submission, Plain.Lines(request.Reason), clock.GetUtcNow()), ct);
        if (!said.Succeeded(out var review, out var refusal)) return refusal.ToProblem();

        await session.SaveChangesAsync(ct);
        return Etag.Ok(ReviewResponse.Of(review), review);
    }
}
