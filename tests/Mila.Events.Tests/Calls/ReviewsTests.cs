using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Events.Tests.Calls;

public sealed class ReviewsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_reviewer_scores_by_the_personal_link_and_sees_the_others_scores_last()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var call = await Stage.OpenAsync(mila, admin);
        var (first, second) = (await Stage.TakenAsync(admin, call, "Zebra Nova"), await Stage.TakenAsync(admin, call, "Other"));
        var email = Stage.NewEmail();
        var (one, other) = (await Stage.ReviewerAsync(admin, call, email), await Stage.ReviewerAsync(admin, call));
        var invited = (await Stage.MailsAsync(mila, email)).ShouldHaveSingleItem();
        var jury = Stage.LinkOf(invited);
        jury.ShouldBe(Stage.ReviewerPage(mila, call, one));
        (await nobody.AskAsync(jury)).Expect(200).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("You score from"), t => t.ShouldNotContain("Zebra Nova"));
        (await nobody.AskAsync($"{jury}/{first}")).Expect(200).Text.ShouldNotContain("listen.example");
        (await Stage.ScoreAsync(admin, call, one, first, 5, 5)).ShouldRefuse(409, "reviews-not-open");

        await Stage.CloseAsync(mila);
        (await Stage.MailsAsync(mila, email)).ShouldContain(m => m.GetProperty("subject").GetString()!.StartsWith("Please score", StringComparison.Ordinal));
        (await Stage.ScoreAsync(admin, call, other, first, 2, 1)).Expect(200);
        var page = (await nobody.AskAsync($"{jury}/{first}")).Expect(200);
        page.Text.ShouldSatisfyAllConditions(
            t => t.ShouldContain("Zebra Nova"), t => t.ShouldContain("https://listen.example/a"), t => t.ShouldNotContain("@label.example"), t => t.ShouldNotContain("The others"), t => t.ShouldContain("score-originality"));
        (page.Header("Cache-Control"), page.Header("Set-Cookie")).ShouldBe(("no-store", null));
        (await Stage.PostAsync(mila, $"{jury}/completion")).Header("Location").ShouldBe($"{jury}?lang=en&unfinished=1");

        (await Stage.PostAsync(mila, $"{jury}/{first}/scores", ("score-originality", "5"))).Expect(200).Text.ShouldContain("Each criterion has one score.");
        (await Stage.PostAsync(mila, $"{jury}/{first}/scores", ("score-originality", "5"), ("score-stage", "6"))).Expect(200).Text.ShouldContain("A score is from 1");
        (await Stage.PostAsync(mila, $"{jury}/{first}/scores", Scores(5, 3))).Status.ShouldBe(303);
        (await Stage.PostAsync(mila, $"{jury}/{first}/scores", Scores(4, 3))).Status.ShouldBe(303);
        (await nobody.AskAsync($"{jury}/{first}")).Text.ShouldNotContain("The others");
        (await Stage.PostAsync(mila, $"{jury}/{second}/scores", Scores(1, 1))).Status.ShouldBe(303);
        (await nobody.AskAsync(jury)).Text.ShouldContain("2 of 2 answered.");
        (await Stage.PostAsync(mila, $"{jury}/completion")).Header("Location").ShouldBe($"{jury}?lang=en");
        (await nobody.AskAsync($"{jury}/{first}")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("The others"), t => t.ShouldContain("<li>Originality: 2</li>"), t => t.ShouldContain("<li>Originality: 4</li>"));
        (await Stage.PostAsync(mila, $"{jury}/{first}/scores", Scores(1, 1))).Expect(200).Text.ShouldContain("keeps their own");
        (await Stage.ScoreAsync(admin, call, one, first, 1, 1)).ShouldRefuse(409, "review-final");

        var reviews = (await admin.AskAsync($"{call.CallPath()}/reviews?submissionId={first}")).Expect(200)["items"].EnumerateArray().ToList();
        reviews.Count.ShouldBe(2);
        var ranking = (await admin.AskAsync($"{call.CallPath()}/ranking")).Expect(200)["items"];
        // (4·3 + 3·1 + 2·3 + 1·1) / (2 · 4) = 22/8
        (ranking[0].GetProperty("submissionId").GetGuid(), ranking[0].GetProperty("score").GetDecimal(), ranking[0].GetProperty("rank").GetInt32()).ShouldBe((first, 2.75m, 1));
    }

    [Fact]
    public async Task Who_is_too_close_to_an_artist_does_not_score_and_does_not_see_the_scores()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var call = await Stage.OpenAsync(mila, admin);
        var (close, far) = (await Stage.TakenAsync(admin, call), await Stage.TakenAsync(admin, call));
        var (one, other) = (await Stage.ReviewerAsync(admin, call), await Stage.ReviewerAsync(admin, call));
        await Stage.CloseAsync(mila);
        var jury = Stage.ReviewerPage(mila, call, one);
        (await Stage.ScoreAsync(admin, call, one, close, 5, 5)).Expect(200);
        (await Stage.PostAsync(mila, $"{jury}/{close}/conflict", ("reason", " "))).Expect(200).Text.ShouldContain("Please say why");
        (await Stage.PostAsync(mila, $"{jury}/{close}/conflict", ("reason", "My sister"))).Status.ShouldBe(303);
        (await Stage.DeclareAsync(admin, call, one, close)).ShouldRefuse(409, "conflict-already-declared");
        (await Stage.ScoreAsync(admin, call, one, close, 5, 5)).ShouldRefuse(409, "reviewer-in-conflict");
        (await Stage.PostAsync(mila, $"{jury}/{close}/scores", Scores(5, 5))).Expect(200).Text.ShouldNotContain("score-originality");
        (await Stage.ScoreAsync(admin, call, other, close, 1, 1)).Expect(200);
        (await Stage.ScoreAsync(admin, call, one, far, 2, 2)).Expect(200);
        (await Stage.PostAsync(mila, $"{jury}/completion")).Header("Location").ShouldBe($"{jury}?lang=en");
        (await nobody.AskAsync($"{jury}/{close}")).Expect(200).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("conflict of interest"), t => t.ShouldNotContain("Originality"));
        (await nobody.AskAsync($"{jury}/{far}")).Expect(200).Text.ShouldContain("The others");

        var ranking = (await admin.AskAsync($"{call.CallPath()}/ranking")).Expect(200)["items"].EnumerateArray().ToDictionary(r => r.GetProperty("submissionId").GetGuid());
        (ranking[close].GetProperty("score").GetDecimal(), ranking[close].GetProperty("reviews").GetInt32(), ranking[close].GetProperty("conflicts").GetInt32()).ShouldBe((1m, 1, 1));
    }

    [Fact]
    public async Task A_blind_jury_is_told_a_number_and_no_name()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var call = await Stage.OpenAsync(mila, admin, blind: true);
        var sent = await Stage.TakenAsync(admin, call, "Zebra Nova");
        var jury = Stage.ReviewerPage(mila, call, await Stage.ReviewerAsync(admin, call));
        await Stage.CloseAsync(mila);
        foreach (var path in new[] { jury, $"{jury}/{sent}" })
        {
            (await nobody.AskAsync(path)).Expect(200).Text.ShouldSatisfyAllConditions(
                t => t.ShouldContain("Submission no."), t => t.ShouldNotContain("Zebra"), t => t.ShouldNotContain("Nina Simon"), t => t.ShouldNotContain("@label.example"));
        }

        (await nobody.AskAsync($"{jury}/{sent}")).Text.ShouldContain("https://listen.example/a");
    }

    [Fact]
    public async Task Who_is_dismissed_has_no_page_and_no_say()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var call = await Stage.OpenAsync(mila, admin);
        var sent = await Stage.TakenAsync(admin, call);
        var email = Stage.NewEmail();
        var (one, other) = (await Stage.ReviewerAsync(admin, call, email), await Stage.ReviewerAsync(admin, call));
        (await admin.TellAsync($"{call.CallPath()}/reviewers", new { name = "Twice", email = email.ToUpperInvariant() })).ShouldRefuse(409, "reviewer-already-invited");
        await Stage.CloseAsync(mila);
        (await Stage.ScoreAsync(admin, call, one, sent, 5, 5)).Expect(200);
        (await Stage.ScoreAsync(admin, call, other, sent, 1, 1)).Expect(200);
        (await Stage.MailsAsync(mila, email)).Count.ShouldBe(2);
        (await admin.TellAsync($"{call.CallPath()}/reviewers/{one}/dismissal", null)).Expect(200)["reviewers"].GetArrayLength().ShouldBe(1);
        (await Stage.MailsAsync(mila, email)).ShouldBeEmpty();
        (await nobody.AskAsync(Stage.ReviewerPage(mila, call, one))).ShouldRefuse(404, "reviewer-unknown");
        (await admin.AskAsync($"{call.CallPath()}/ranking")).Expect(200)["items"][0].GetProperty("score").GetDecimal().ShouldBe(1m);
        (await admin.TellAsync($"{call.CallPath()}/reviewers/{one}/dismissal", null)).ShouldRefuse(404, "reviewer-unknown");
        (await Stage.ScoreAsync(admin, call, one, sent, 5, 5)).ShouldRefuse(404, "reviewer-unknown");
    }

    [Fact]
    public async Task A_score_is_of_this_call_and_within_its_scale()
    {
        using var admin = mila.Admin();
        var (call, elsewhere) = (await Stage.OpenAsync(mila, admin), await Stage.OpenAsync(mila, admin));
        var (sent, foreign) = (await Stage.TakenAsync(admin, call), await Stage.TakenAsync(admin, elsewhere));
        var reviewer = await Stage.ReviewerAsync(admin, call);
        await Stage.CloseAsync(mila);
        (await Stage.ScoreAsync(admin, call, reviewer, foreign, 1, 1)).ShouldRefuse(404, "submission-unknown");
        (await Stage.ScoreAsync(admin, call, reviewer, sent, 6, 1)).ShouldRefuse(422, "score-out-of-scale", "/scores score-out-of-scale");
        (await Stage.ScoreAsync(admin, call, reviewer, sent, 0, 1)).ShouldRefuse(422, "request-invalid", "/scores/0/value out-of-range");
        (await admin.TellAsync($"{call.CallPath()}/reviews", new { reviewerId = reviewer, submissionId = sent, scores = new[] { new { criterion = "originality", value = 1 }, new { criterion = "originality", value = 2 } } })).ShouldRefuse(422, "scores-incomplete");
        await admin.TellAsync($"/v1/submissions/{sent}/withdrawal", null);
        (await Stage.ScoreAsync(admin, call, reviewer, sent, 1, 1)).ShouldRefuse(409, "submission-withdrawn");
    }

    private static (string, string)[] Scores(int originality, int stage) => [("score-originality", $"{originality}"), ("score-stage", $"{stage}"), ("comment", "Bravo"), ("note", "")];
}
