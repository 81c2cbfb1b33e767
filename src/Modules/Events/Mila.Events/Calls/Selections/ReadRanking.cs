namespace Mila.Events.Calls.Selections;

internal static class ReadRanking
{
    /// <param name="CallId">The call.</param>
    /// <param name="ReviewsNeeded">So many reviews make a submission rankable.</param>
    /// <param name="Items">Those with a rank first, in its order; then those with too few reviews.</param>
    internal sealed record Response(Guid CallId, int ReviewsNeeded, IReadOnlyList<RankedResponse> Items);

    /// <summary>Read how the submissions to a call stand by their scores. Equals share a rank and say so; one with too few reviews has none and says so.</summary>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid callId, IQuerySession session, CancellationToken ct)
    {
        if (await session.LoadAsync<Call>(callId, ct) is not { } call) return CallErrors.Unknown.ToProblem();

        var (ranking, submissions) = await session.RankAsync(call, ct);
        return TypedResults.Ok(new Response(callId, call.Plan.ReviewsNeeded, [.. ranking.Select(r => RankedResponse.Of(r, submissions[r.SubmissionId].Work.Act))]));
    }
}

/// <summary>How a submission stands.</summary>
/// <param name="SubmissionId">The submission.</param>
/// <param name="Number">Its number within the call.</param>
/// <param name="Act">Name of the artist or group.</param>
/// <param name="Rank">From 1; equals share one. Null when it cannot be ranked.</param>
/// <param name="Tied">Whether others have the same rank.</param>
/// <param name="Score">The weighted mean, to four places; null without a review.</param>
/// <param name="Means">The mean of each criterion, to four places.</param>
/// <param name="Reviews">How many scored it.</param>
/// <param name="Conflicts">How many declared a conflict of interest.</param>
/// <param name="NotRankable"><c>too-few-reviews</c>, or null when it has a rank.</param>
internal sealed record RankedResponse(Guid SubmissionId, int Number, string Act, int? Rank, bool Tied, decimal? Score, IReadOnlyList<CriterionMean> Means, int Reviews, int Conflicts, string? NotRankable)
{
    public static RankedResponse Of(Ranked r, string act) => new(r.SubmissionId, r.Number, act, r.Rank, r.IsTied, r.Score, r.Means, r.Reviews, r.Conflicts, r.Rank is null ? "too-few-reviews" : null);
}
