using Mila.Events.Calls.Reviews;
using Mila.Events.Calls.Submissions;

namespace Mila.Events.Calls.Selections;

/// <summary>What a ranking is made of.</summary>
internal static class SelectionReads
{
    /// <summary>The ranking as it stands, and the submissions by their id.</summary>
    public static async Task<(IReadOnlyList<Ranked> Ranking, IReadOnlyDictionary<Guid, Submission> Submissions)> RankAsync(this IQuerySession session, Call call, CancellationToken ct)
    {
        var submissions = await session.OfCallAsync(call.Id, ct);
        var reviews = await session.ReviewsOfAsync(call.Id, ct);
        return (Ranking.Of(call.Plan, call.Reviewers, submissions, reviews), submissions.ToDictionary(s => s.Id));
    }

    public static Task<IReadOnlyList<Review>> ReviewsOfAsync(this IQuerySession session, Guid callId, CancellationToken ct) => session.Query<Review>().Where(r => r.CallId == callId).ToListAsync(ct);
}
