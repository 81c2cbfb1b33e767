using CsCheck;
using Mila.BuildingBlocks.Values;
using Mila.Events.Calls;
using Mila.Events.Calls.Reviews;
using Mila.Events.Calls.Selections;
using Mila.Events.Calls.Submissions;

namespace Mila.Events.Tests.Calls;

/// <summary>Any jury, any scores: exactly N, in the order of the scores, equals shown as equals, and no word of whoever is too close counts.</summary>
public class SelectionTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid CallId = Guid.CreateVersion7(Now);

    /// <summary>Of each submission, what each reviewer says: 0 nothing, -1 a conflict, else two scores from 1 to 3.</summary>
    private static readonly Gen<Jury> Juries = Gen.Select(
        Gen.Int[1, 4], Gen.Int[0, 4], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 3],
        Gen.Select(Gen.Int[-1, 3], Gen.Int[1, 3]).Array[4].Array[0, 12],
        (places, reserves, needed, first, second, says) => new Jury(places, reserves, needed, first, second, says));

    [Fact]
    public void Equal_scores_share_a_rank_and_better_ones_come_before() => Juries.Sample(jury =>
    {
        var ranking = jury.Rank();
        ranking.Count.ShouldBe(jury.Submissions.Count);
        foreach (var one in ranking)
        {
            var (score, reviews) = jury.ScoreOf(one.SubmissionId);
            one.Reviews.ShouldBe(reviews);
            (one.Rank is null).ShouldBe(reviews < jury.Needed);
            if (one.Rank is null) continue;

            var ranked = ranking.Where(r => r.Rank is not null).Select(r => (r.Rank, jury.ScoreOf(r.SubmissionId).Score)).ToList();
            one.Rank.ShouldBe(1 + ranked.Count(r => r.Score > score));
            one.IsTied.ShouldBe(ranked.Count(r => r.Score == score) > 1);
            one.Score.ShouldBe(Math.Round(score.AsDecimal, 4));
        }

        ranking.TakeWhile(r => r.Rank is not null).Select(r => r.Rank!.Value).ShouldBeInOrder();
        ranking.SkipWhile(r => r.Rank is not null).ShouldAllBe(r => r.Rank == null);
    }, iter: 3000);

    [Fact]
    public void Exactly_so_many_are_selected_by_their_scores_and_equals_on_the_line_by_somebody_who_says_why() => Juries.Sample(jury =>
    {
        var ranking = jury.Rank();
        var rankable = ranking.Count(r => r.Rank is not null);
        var decided = jury.Decide(ranking, []);
        if (rankable < jury.Places)
        {
            decided.Succeeded(out _, out var tooFew).ShouldBeFalse();
            tooFew!.Code.ShouldBe("selection-too-few");
            return;
        }

        var ties = jury.TiesOnTheLine(ranking);
        decided.Succeeded(out var selection, out var undecided).ShouldBe(ties.Count == 0);
        if (undecided is not null)
        {
            undecided.Code.ShouldBe("selection-tie-undecided");
            jury.Decide(ranking, ties).Succeeded(out selection, out _).ShouldBeTrue();
        }

        selection!.Selected.Count().ShouldBe(jury.Places);
        selection.Reserves.Count().ShouldBe(Math.Min(jury.Reserves, rankable - jury.Places));
        selection.Entries.Count.ShouldBe(ranking.Count);
        selection.Entries.Select(e => e.Ranked.SubmissionId).Distinct().Count().ShouldBe(ranking.Count);
        var inOrder = selection.Entries.Where(e => e.Position is not null).ToList();
        inOrder.Select(e => e.Position!.Value).ShouldBe(Enumerable.Range(1, rankable));
        inOrder.Select(e => e.Ranked.Rank!.Value).ShouldBeInOrder();
        selection.Decisions.Count(d => d.Rule is SelectionRule.TieBroken).ShouldBe(ties.Count);
        foreach (var tie in ties) inOrder.Where(e => tie.Order.Contains(e.Ranked.SubmissionId)).Select(e => e.Ranked.SubmissionId).ShouldBe(tie.Order);
    }, iter: 3000);

    [Fact]
    public void Whoever_withdraws_gives_the_place_to_the_first_reserve() => Gen.Select(Juries, Gen.Int[0, 20].Array[1, 10]).Sample((jury, leaving) =>
    {
        var ranking = jury.Rank();
        if (!jury.Decide(ranking, jury.TiesOnTheLine(ranking)).Succeeded(out var selection, out _)) return;

        foreach (var which in leaving)
        {
            var one = selection.Entries[which % selection.Entries.Count];
            var (selected, reserves) = (selection.Selected.Select(e => e.Ranked.SubmissionId).ToList(), selection.Reserves.Select(e => e.Ranked.SubmissionId).ToList());
            var (stood, promoted) = selection.Withdraw(one.Ranked.SubmissionId, "test", Now, Succession.Reserves);

            (stood is null).ShouldBe(one.Standing is Standing.Withdrawn);
            var expected = selected.Where(s => s != one.Ranked.SubmissionId).Concat(stood is Standing.Selected ? reserves.Take(1) : []).ToList();
            selection.Selected.Select(e => e.Ranked.SubmissionId).ShouldBe(expected, ignoreOrder: true);
            selection.Reserves.Select(e => e.Ranked.SubmissionId).ShouldBe(stood is Standing.Selected ? reserves.Skip(1) : reserves.Where(r => r != one.Ranked.SubmissionId));
            promoted?.Ranked.SubmissionId.ShouldBe(reserves[0]);
        }
    }, iter: 3000);

    [Fact]
    public void Before_the_announcement_the_next_in_rank_follows_unless_somebody_has_to_say_who_that_is()
    {
        var jury = new Jury(1, 0, 1, 1, 1, [[(3, 3)], [(2, 2)], [(1, 1)], [(1, 1)]]);
        jury.Decide(jury.Rank(), []).Succeeded(out var selection, out _).ShouldBeTrue();
        var (_, promoted) = selection!.Withdraw(jury.Submissions[0].Id, "test", Now, Succession.AnybodyRanked);
        (promoted!.Ranked.Number, selection.IsShort, selection.Decisions[^1].Rule).ShouldBe((2, false, SelectionRule.Promoted));
        selection.Decisions[^1].Reason.In("en").ShouldBe("Submission no. 2, the next in the ranking, takes the place of no. 1.");

        (_, promoted) = selection.Withdraw(jury.Submissions[1].Id, "test", Now, Succession.AnybodyRanked);
        (promoted, selection.IsShort, selection.Decisions[^1].Rule).ShouldBe((null, true, SelectionRule.Vacant));
    }

    [Fact]
    public void When_it_is_over_nobody_follows()
    {
        var jury = new Jury(1, 1, 1, 1, 1, [[(3, 3)], [(2, 2)]]);
        jury.Decide(jury.Rank(), []).Succeeded(out var selection, out _).ShouldBeTrue();
        var (stood, promoted) = selection!.Withdraw(jury.Submissions[0].Id, "test", Now, Succession.Nobody);
        (stood, promoted, selection.Reserves.Count(), selection.Decisions[^1].Rule).ShouldBe((Standing.Selected, null, 1, SelectionRule.Withdrawn));
    }

    [Fact]
    public void An_order_for_those_who_are_not_equal_on_the_line_is_refused()
    {
        var jury = new Jury(1, 1, 1, 1, 1, [[(3, 3)], [(2, 2)], [(1, 1)]]);
        var ranking = jury.Rank();
        jury.Decide(ranking, [new TieBreak([ranking[0].SubmissionId, ranking[1].SubmissionId], "because")]).Succeeded(out _, out var refusal).ShouldBeFalse();
        (refusal!.Code, refusal.Fields[0].Pointer).ShouldBe(("selection-tie-unknown", "/ties/0"));
    }

    [Fact]
    public void Who_has_too_few_reviews_is_left_out_only_with_a_reason()
    {
        var jury = new Jury(1, 0, 1, 1, 1, [[(3, 3)], []]);
        Selection.Decide(CallId, 1, jury.Rank(), new Choice(0, [], null), null, "test", Now).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("selection-reviews-missing");
        jury.Decide(jury.Rank(), []).Succeeded(out var selection, out _).ShouldBeTrue();
        selection!.Entries.Select(e => e.Standing).ShouldBe([Standing.Selected, Standing.NotRanked]);
        selection.Decisions.Select(d => d.Rule).ShouldBe([SelectionRule.LeftOut, SelectionRule.Selected]);
    }

    [Fact]
    public void The_weights_decide()
    {
        // 3 × 3 + 1 × 1 = 10 against 3 × 1 + 1 × 3 = 6, of 4.
        var ranking = new Jury(1, 0, 1, 3, 1, [[(1, 3)], [(3, 1)]]).Rank();
        ranking.Select(r => (r.Number, r.Score)).ShouldBe([(2, 2.5m), (1, 1.5m)]);
        ranking[0].Means.Select(m => m.Mean).ShouldBe([3m, 1m]);
    }

    [Fact]
    public void Who_was_dismissed_is_not_counted()
    {
        var jury = new Jury(1, 0, 1, 1, 1, [[(3, 3), (1, 1)]]);
        Ranking.Of(jury.Plan, [.. jury.Reviewers.Take(1)], jury.Submissions, jury.Reviews).ShouldHaveSingleItem().Score.ShouldBe(3m);
    }

    /// <summary>A fraction.</summary>
    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Fraction(long Over, long Under)
    {
        public decimal AsDecimal => (decimal)Over / Under;

        public static bool operator >(Fraction a, Fraction b) => a.Over * b.Under > b.Over * a.Under;

        public static bool operator <(Fraction a, Fraction b) => b > a;

        public bool Equals(Fraction other) => Over * other.Under == other.Over * Under;

        public override int GetHashCode() => 0;
    }

    private sealed class Jury
    {
        private readonly (int First, int Second)[][] _says;
        private readonly int _first;
        private readonly int _second;

        public Jury(int places, int reserves, int needed, int first, int second, (int First, int Second)[][] says)
        {
            (Places, Reserves, Needed, _first, _second, _says) = (places, reserves, needed, first, second, says);
            Plan = new CallPlan(
                "p", null, new LocalizedText("t"), new LocalizedText("t"), Now, Now.AddDays(1), places, 3, needed, false,
                [new Criterion("first", new LocalizedText("f"), first), new Criterion("second", new LocalizedText("s"), second)]);
            Reviewers = [.. Enumerable.Range(0, 4).Select(i => new Reviewer(Guid.CreateVersion7(Now), $"r{i}", $"r{i}@label.example", "fr"))];
            Submissions = [.. says.Select((_, i) => Sent(i + 1))];
            Call.Draw(CallId, "c", Plan, Now).Succeeded(out var call, out _);
            call!.Publish(Now);
            Reviews = [.. says.SelectMany((row, i) => row.Select((said, r) => Said(call, Submissions[i], Reviewers[r], said)).OfType<Review>())];
        }

        public int Places { get; }

        public int Reserves { get; }

        public int Needed { get; }

        public CallPlan Plan { get; }

        public IReadOnlyList<Reviewer> Reviewers { get; }

        public IReadOnlyList<Submission> Submissions { get; }

        public IReadOnlyList<Review> Reviews { get; }

        public IReadOnlyList<Ranked> Rank() => Ranking.Of(Plan, Reviewers, Submissions, Reviews);

        public Mila.BuildingBlocks.Results.Result<Selection> Decide(IReadOnlyList<Ranked> ranking, IReadOnlyList<TieBreak> ties) =>
            Selection.Decide(CallId, Places, ranking, new Choice(Reserves, ties, "left out"), null, "test", Now);

        /// <summary>By another way than the ranking's: whose order changes what somebody gets. Ordered backwards, which no ranking does by itself.</summary>
        public List<TieBreak> TiesOnTheLine(IReadOnlyList<Ranked> ranking)
        {
            var ranks = ranking.Where(r => r.Rank is not null).GroupBy(r => r.Rank!.Value).Where(g => g.Count() > 1);
            return [.. ranks.Where(g => Enumerable.Range(g.Key, g.Count()).Select(Fate).Distinct().Count() > 1).Select(g => new TieBreak([.. g.Select(r => r.SubmissionId).Reverse()], "drawn by lot"))];

            int Fate(int position) => position <= Places ? 0 : position <= Places + Reserves ? position : int.MaxValue;
        }

        /// <summary>The sum of all weighted scores over the reviews and the weights, and how many reviews have scores.</summary>
        public (Fraction Score, int Reviews) ScoreOf(Guid submission)
        {
            var said = _says[Submissions.ToList().FindIndex(s => s.Id == submission)].Where(s => s.First > 0).ToList();
            return (new Fraction(said.Sum(s => (s.First * _first) + (s.Second * _second)), Math.Max(1, said.Count) * (_first + _second)), said.Count);
        }

        private static Submission Sent(int number)
        {
            var submission = Submission.Send(Guid.CreateVersion7(Now), CallId, new Applicant("n", $"s{number}@label.example", "fr"), new Work($"act {number}", null, "t", ["https://a.example/"]), Now);
            submission.Confirm(number, Now);
            return submission;
        }

        private static Review? Said(Call call, Submission submission, Reviewer reviewer, (int First, int Second) said)
        {
            if (said.First == 0) return null;

            var review = said.First < 0
                ? Review.Declare(null, call, reviewer, submission, "close", Now.AddDays(1))
                : Review.Score(null, call, reviewer, submission, new Verdict.Scored([new Score("first", said.First), new Score("second", said.Second)], null, null), Now.AddDays(1));
            review.Succeeded(out var made, out _).ShouldBeTrue();
            return made;
        }
    }
}
