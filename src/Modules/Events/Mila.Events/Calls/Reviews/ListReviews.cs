using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Events.Calls.Reviews;

internal static class ListReviews
{
    internal static readonly ListOf<Review> Definition = new ListOf<Review>()
        .Sort("updatedAt", r => r.At)
        .Filter("submissionId", r => r.SubmissionId)
        .Filter("reviewerId", r => r.ReviewerId)
        .UpdatedSince(r => r.At);

    /// <summary>List what the reviewers of a call say.</summary>
    internal static async Task<Results<Ok<Page<ReviewResponse>>, ProblemHttpResult>> Handle(Guid callId, ListRequest list, IQuerySession session, CancellationToken ct) =>
        await session.LoadAsync<Call>(callId, ct) is null
            ? CallErrors.Unknown.ToProblem()
            : await Definition.AnswerAsync(list, session, ReviewResponse.Of, ct, (r => r.CallId, callId.ToString()));
}
