using Mila.Events.Calls.Reviews;
using Mila.Events.Calls.Submissions;

namespace Mila.Events.Calls.Selections;

/// <summary>
/// The submissions of a call by their scores: the mean of the reviews, each the mean of its criteria by weight. Compared as fractions, so that equal is equal; those who are equal
/// have one rank and say so. A submission with too few reviews has none.
/// </summary>
internal static class Ranking
{
    private const int Places = 4;

    /// <summary>Those with a rank first, in its order, then those without; equals by their number, which says nothing of them.</summary>
    /// <param name="plan">Criteria, weights, and how many reviews are needed.</param>
    /// <param name="reviewers">Whose reviews count.</param>
    /// <param name="submissions">Of the call; those that take part are ranked.</param>
    /// <param name="reviews">Of the call.</param>
    public static IReadOnlyList<Ranked> Of(CallPlan plan, IReadOnlyCollection<Reviewer> reviewers, IEnumerable<Submission> submissions, IEnumerable<Review> reviews)
    {
        var counted = reviewers.Select(r => r.Id).ToHashSet();
        var said = reviews.Where(r => counted.Contains(r.ReviewerId)).ToLookup(r => r.SubmissionId);
        var weighed = submissions.Where(s => s.Status is SubmissionStatus.Submitted).Select(s => Weigh(plan, s, [.. said[s.Id]])).ToList();
        var rankable = weighed.Where(w => w.Reviews >= plan.ReviewsNeeded).ToList();
        rankable.Sort((a, b) => b.Against(a) is not 0 and var order ? order : a.Submission.Number.CompareTo(b.Submission.Number));

        var ranked = new List<Ranked>(weighed.Count);
        for (var i = 0; i < rankable.Count; i++)
        {
            var (before, after) = (i > 0 && rankable[i - 1].Against(rankable[i]) == 0, i + 1 < rankable.Count && rankable[i + 1].Against(rankable[i]) == 0);
            ranked.Add(rankable[i].Show(plan, before ? ranked[^1].Rank : i + 1, isTied: before || after));
        }

        ranked.AddRange(weighed.Where(w => w.Reviews < plan.ReviewsNeeded).OrderBy(w => w.Submission.Number).Select(w => w.Show(plan, rank: null, isTied: false)));
        return ranked;
    }

    private static Weighed Weigh(CallPlan plan, Submission submission, IReadOnlyList<Review> reviews)
    {
        var scored = reviews.Select(r => r.Scored).OfType<Verdict.Scored>().ToList();
        var sums = plan.Criteria.Select(c => scored.Sum(s => (long)s.Scores.First(x => x.Criterion == c.Code).Value)).ToArray();
        return new Weighed(submission, scored.Count, reviews.Count(r => r.IsConflict), sums, plan.Criteria.Zip(sums, (c, sum) => c.Weight * sum).Sum());
    }

    private sealed record Weighed(Submission Submission, int Reviews, int Conflicts, long[] Sums, long Total)
    {
        // Total / Reviews against the same, multiplied out. The weights' sum is the same for all.
        public int Against(Weighed other) => (Total * other.Reviews).CompareTo(other.Total * Reviews);

        public Ranked Show(CallPlan plan, int? rank, bool isTied) => new(
            Submission.Id, Submission.Number, rank, isTied, Reviews == 0 ? null : Math.Round((decimal)Total / (Reviews * plan.Criteria.Sum(c => c.Weight)), Places),
            Reviews == 0 ? [] : [.. plan.Criteria.Zip(Sums, (c, sum) => new CriterionMean(c.Code, Math.Round((decimal)sum / Reviews, Places)))], Reviews, Conflicts);
    }
}

/// <summary>Where a submission stands.</summary>
/// <param name="SubmissionId">The submission.</param>
/// <param name="Number">Its number within the call.</param>
/// <param name="Rank">From 1; equals share one, and the next is as many further. Null with too few reviews.</param>
/// <param name="IsTied">Whether others have the same rank.</param>
/// <param name="Score">The weighted mean to four places; null without a review.</param>
/// <param name="Means">The mean of each criterion.</param>
/// <param name="Reviews">How many scored it.</param>
/// <param name="Conflicts">How many declared a conflict of interest.</param>
internal sealed record Ranked(Guid SubmissionId, int Number, int? Rank, bool IsTied, decimal? Score, IReadOnlyList<CriterionMean> Means, int Reviews, int Conflicts);

/// <summary>The mean of one criterion.</summary>
/// <param name="Criterion">Its code.</param>
/// <param name="Mean">To four places.</param>
internal sealed record CriterionMean(string Criterion, decimal Mean);
