using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Events.Tests.Calls;

public sealed class SelectArtistsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Exactly_three_are_selected_and_everybody_hears_how_it_ended()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var call = await Stage.OpenAsync(mila, admin);
        var emails = Enumerable.Range(0, 6).Select(_ => Stage.NewEmail()).ToList();
        var acts = Enumerable.Range(0, 6).Select(i => $"Fox {(char)('F' - i)}").ToList();
        var sent = new List<Guid>();
        for (var i = 0; i < 6; i++) sent.Add(await Stage.TakenAsync(admin, call, acts[i], emails[i]));
        var reviewer = await Stage.ReviewerAsync(admin, call);
        (await admin.TellAsync($"{call.CallPath()}/selection", new { })).ShouldRefuse(409, "call-not-closed");
        await Stage.CloseAsync(mila);
        (await admin.AskAsync($"{call.CallPath()}/selection")).ShouldRefuse(404, "selection-none");
        (await admin.TellAsync($"{call.CallPath()}/announcement", new { })).ShouldRefuse(409, "call-not-selected");
        for (var i = 0; i < 5; i++) (await Stage.ScoreAsync(admin, call, reviewer, sent[i], 5 - i, 5 - i, comment: i == 4 ? "Continuez." : null)).Expect(200);
        (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 1 })).ShouldRefuse(409, "selection-reviews-missing");
        (await Stage.DeclareAsync(admin, call, reviewer, sent[5])).Expect(200);
        var ranking = (await admin.AskAsync($"{call.CallPath()}/ranking")).Expect(200)["items"];
        (ranking[5].GetProperty("rank").ValueKind, ranking[5].GetProperty("notRankable").GetString()).ShouldBe((JsonValueKind.Null, "too-few-reviews"));

        var selected = (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 1, leavingOut = "The only reviewer is a cousin." })).Expect(200);
        (selected.Ids("selected"), selected.Ids("reserves"), selected.Ids("others")).ShouldSatisfyAllConditions(
            x => x.Item1.ShouldBe(sent.Take(3)), x => x.Item2.ShouldBe([sent[3]]), x => x.Item3.ShouldBe([sent[4], sent[5]]));
        (await admin.AskAsync($"{call.CallPath()}/selection")).Expect(200).Etag.ShouldBe(selected.Etag);
        await mila.DrainAsync();

        // Nothing outside says so yet.
        (await Stage.ToldAsync(mila, call, "selection.announced")).ShouldBeEmpty();
        var slug = call["slug"].GetString();
        foreach (var path in new[] { "/calls", $"/calls/{slug}", "/feeds/calls.json", $"{Stage.OwnPage(mila, sent[0])}?lang=en" })
        {
            (await nobody.AskAsync(path)).Expect(200).Text.ShouldSatisfyAllConditions(t => t.ShouldNotContain("\"status\":\"selected\""), t => t.ShouldNotContain("You are selected"), t => t.ShouldNotContain("Fox E"));
        }

        Item(await nobody.AskAsync("/feeds/calls.json"), call).ShouldSatisfyAllConditions(i => i.GetProperty("status").GetString().ShouldBe("closed"), i => i.GetProperty("selected").ValueKind.ShouldBe(JsonValueKind.Null));
        foreach (var email in emails) (await Stage.MailsAsync(mila, email)).ShouldHaveSingleItem();
        (await Stage.ScoreAsync(admin, call, reviewer, sent[0], 1, 1)).ShouldRefuse(409, "call-selected");

        (await admin.TellAsync($"{call.CallPath()}/announcement", new { comments = new[] { new { submissionId = Guid.CreateVersion7(), text = "x" } } })).ShouldRefuse(422, "submission-unknown", "/comments/0/submissionId submission-unknown");
        var announced = (await admin.TellAsync($"{call.CallPath()}/announcement", new { comments = new[] { new { submissionId = sent[4], text = "Revenez l'an prochain." } } })).Expect(200);
        announced["announced"].GetBoolean().ShouldBeTrue();
        announced["decisions"].EnumerateArray().Select(d => d.GetProperty("rule").GetString()).ShouldBe(["leftOut", "selected", "announced"]);
        (await admin.TellAsync($"{call.CallPath()}/announcement", new { })).ShouldRefuse(409, "call-announced");
        (await admin.TellAsync($"{call.CallPath()}/selection", new { })).ShouldRefuse(409, "call-announced");

        string[] says = ["est sélectionné. Bravo", "est sélectionné. Bravo", "est sélectionné. Bravo", "en réserve, au rang 1", "n'est pas sélectionné cette fois", "trop peu de membres du jury"];
        for (var i = 0; i < 6; i++)
        {
            var text = (await Stage.MailsAsync(mila, emails[i])).Single(m => m.GetProperty("subject").GetString()!.StartsWith("Le résultat", StringComparison.Ordinal)).Text();
            text.ShouldContain(says[i]);
            if (i < 5) text.ShouldContain($"Originalité : {5 - i}");
            if (i < 5) text.ShouldContain("(1 avis)");
            text.Contains("Continuez.", StringComparison.Ordinal).ShouldBe(i == 4);
            text.Contains("Revenez l'an prochain.", StringComparison.Ordinal).ShouldBe(i == 4);
        }

        (await Stage.ToldAsync(mila, call, "selection.announced")).ShouldHaveSingleItem().ShouldSatisfyAllConditions(b => b.ShouldContain(slug!), b => b.ShouldNotContain("Fox"));
        (await nobody.AskAsync($"/calls/{slug}")).Expect(200).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("<li>Fox D</li><li>Fox E</li><li>Fox F</li>"), t => t.ShouldNotContain("Fox C"));
        Item(await nobody.AskAsync("/feeds/calls.json"), call).GetProperty("selected").EnumerateArray().Select(a => a.GetString()).ShouldBe(["Fox D", "Fox E", "Fox F"]);
        (await nobody.AskAsync($"{Stage.OwnPage(mila, sent[0])}?lang=en")).Text.ShouldContain("You are selected.");
    }

    [Fact]
    public async Task Equals_on_the_line_are_ordered_by_somebody_who_says_why()
    {
        using var admin = mila.Admin();
        var (call, sent) = await Stage.JudgedAsync(mila, admin, places: 2, 5, 3, 3, 3, 1);
        var ranking = (await admin.AskAsync($"{call.CallPath()}/ranking")).Expect(200)["items"].EnumerateArray().ToList();
        ranking.Select(r => (r.GetProperty("rank").GetInt32(), r.GetProperty("tied").GetBoolean())).ShouldBe([(1, false), (2, true), (2, true), (2, true), (5, false)]);
        (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 1 })).ShouldRefuse(409, "selection-tie-undecided");
        (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 1, ties = new[] { new { order = new[] { sent[1], sent[2] }, reason = "Drawn by lot" } } })).ShouldRefuse(409, "selection-tie-undecided");
        (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 1, ties = new[] { new { order = new[] { sent[3], sent[3], sent[1] }, reason = "Drawn by lot" } } })).ShouldRefuse(422, "request-invalid", "/ties/0/order duplicate");
        (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 1, ties = new[] { new { order = new[] { sent[3], sent[2], sent[1] }, reason = "" } } })).ShouldRefuse(422, "request-invalid", "/ties/0/reason required");
        (await admin.AskAsync(call.CallPath())).Expect(200)["status"].GetString().ShouldBe("closed");

        var order = new[] { sent[3], sent[1], sent[2] };
        var selected = (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 1, ties = new[] { new { order, reason = "Drawn by lot, all present" } } })).Expect(200);
        (selected.Ids("selected"), selected.Ids("reserves"), selected.Ids("others")).ShouldSatisfyAllConditions(x => x.Item1.ShouldBe([sent[0], sent[3]]), x => x.Item2.ShouldBe([sent[1]]), x => x.Item3.ShouldBe([sent[2], sent[4]]));
        var decision = selected["decisions"][0];
        (decision.GetProperty("rule").GetString(), decision.GetProperty("reason").GetProperty("fr").GetString()).ShouldBe(("tieBroken", "Drawn by lot, all present"));
        decision.GetProperty("submissionIds").EnumerateArray().Select(i => i.GetGuid()).ShouldBe(order);
        decision.GetProperty("by").GetString().ShouldNotBeNullOrEmpty();

        // Until the announcement it may be made anew; what was decided before stays readable.
        var again = (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 0, ties = new[] { new { order = new[] { sent[2], sent[1], sent[3] }, reason = "The lot was read wrongly" } } })).Expect(200);
        again.Ids("selected").ShouldBe([sent[0], sent[2]]);
        again["decisions"].EnumerateArray().Select(d => d.GetProperty("rule").GetString()).ShouldBe(["tieBroken", "selected", "tieBroken", "selected"]);
    }

    [Fact]
    public async Task Too_few_are_no_selection()
    {
        using var admin = mila.Admin();
        var (call, _) = await Stage.JudgedAsync(mila, admin, places: 3, 5, 4);
        (await admin.TellAsync($"{call.CallPath()}/selection", new { })).ShouldRefuse(409, "selection-too-few");
        (await admin.TellAsync($"/v1/calls/{Guid.CreateVersion7()}/selection", new { })).ShouldRefuse(404, "call-unknown");
    }

    [Fact]
    public async Task Who_withdraws_gives_the_place_to_the_first_reserve_and_in_the_end_to_nobody()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var call = await Stage.OpenAsync(mila, admin, places: 1);
        var emails = new[] { Stage.NewEmail(), Stage.NewEmail(), Stage.NewEmail() };
        var sent = new List<Guid>();
        foreach (var email in emails) sent.Add(await Stage.TakenAsync(admin, call, email: email));
        var reviewer = await Stage.ReviewerAsync(admin, call);
        await Stage.CloseAsync(mila);
        for (var i = 0; i < 3; i++) (await Stage.ScoreAsync(admin, call, reviewer, sent[i], 5 - i, 1)).Expect(200);
        (await admin.TellAsync($"{call.CallPath()}/selection", new { })).Expect(200);

        // Before the announcement nobody is told.
        (await Stage.PostAsync(mila, Stage.OwnPage(mila, sent[0]) + "/withdrawal")).Status.ShouldBe(303);
        (await admin.AskAsync($"{call.CallPath()}/selection")).Expect(200).Ids("selected").ShouldBe([sent[1]]);
        (await Stage.MailsAsync(mila, emails[1])).ShouldHaveSingleItem();
        (await Stage.ToldAsync(mila, call, "selection.changed")).ShouldBeEmpty();

        (await admin.TellAsync($"{call.CallPath()}/announcement", new { })).Expect(200);
        (await admin.TellAsync($"/v1/submissions/{sent[1]}/withdrawal", null)).Expect(200)["status"].GetString().ShouldBe("withdrawn");
        var now = (await admin.AskAsync($"{call.CallPath()}/selection")).Expect(200);
        (now.Ids("selected"), now.Ids("reserves").Count, now["vacant"].GetInt32()).ShouldSatisfyAllConditions(x => x.Item1.ShouldBe([sent[2]]), x => x.Item2.ShouldBe(0), x => x.Item3.ShouldBe(0));
        (await Stage.MailsAsync(mila, emails[2])).ShouldContain(m => m.Text().Contains("est maintenant sélectionné", StringComparison.Ordinal));
        (await Stage.ToldAsync(mila, call, "selection.changed")).ShouldHaveSingleItem();

        (await Stage.PostAsync(mila, Stage.OwnPage(mila, sent[2]) + "/withdrawal")).Status.ShouldBe(303);
        now = (await admin.AskAsync($"{call.CallPath()}/selection")).Expect(200);
        (now.Ids("selected").Count, now["vacant"].GetInt32()).ShouldBe((0, 1));
        now["decisions"].EnumerateArray().Select(d => (d.GetProperty("rule").GetString(), d.GetProperty("by").GetString() == "artist")).ShouldBe(
            [("selected", false), ("withdrawn", true), ("promoted", true), ("announced", false), ("withdrawn", false), ("promoted", false), ("withdrawn", true), ("vacant", true)]);
        (await nobody.AskAsync($"/calls/{call["slug"].GetString()}")).Expect(200);
    }

    [Fact]
    public async Task No_selection_is_announced_with_a_free_place_that_somebody_ranked_could_have()
    {
        using var admin = mila.Admin();
        var (call, sent) = await Stage.JudgedAsync(mila, admin, places: 2, 5, 4, 3, 2, 2);
        (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 0 })).Expect(200);
        foreach (var id in sent.Take(2)) (await admin.TellAsync($"/v1/submissions/{id}/withdrawal", null)).Expect(200);
        var left = (await admin.AskAsync($"{call.CallPath()}/selection")).Expect(200);
        (left.Ids("selected"), left["vacant"].GetInt32()).ShouldSatisfyAllConditions(x => x.Item1.ShouldBe([sent[2]], "the next in rank follows"), x => x.Item2.ShouldBe(1, "of the two that are equal nobody has said who is first"));
        left["decisions"].EnumerateArray().Select(d => d.GetProperty("rule").GetString()).ShouldBe(["selected", "withdrawn", "promoted", "withdrawn", "vacant"]);

        (await admin.TellAsync($"{call.CallPath()}/announcement", new { })).ShouldRefuse(409, "selection-short");
        (await admin.AskAsync(call.CallPath())).Expect(200)["status"].GetString().ShouldBe("selected");
        (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 0, ties = new[] { new { order = new[] { sent[4], sent[3] }, reason = "Drawn by lot" } } })).Expect(200).Ids("selected").ShouldBe([sent[2], sent[4]]);
        (await admin.TellAsync($"{call.CallPath()}/announcement", new { })).Expect(200);

        // Where nobody else is ranked, the place stays free.
        var (few, two) = await Stage.JudgedAsync(mila, admin, places: 2, 5, 4);
        (await admin.TellAsync($"{few.CallPath()}/selection", new { })).Expect(200);
        (await admin.TellAsync($"/v1/submissions/{two[0]}/withdrawal", null)).Expect(200);
        (await admin.TellAsync($"{few.CallPath()}/announcement", new { })).Expect(200)["vacant"].GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Who_withdraws_after_the_event_leaves_the_place_to_nobody_and_nobody_is_called()
    {
        using var admin = mila.Admin();
        foreach (var isOver in new[] { false, true })
        {
            var begins = mila.Clock.GetUtcNow().AddDays(8);
            var @event = await Agenda.Scenario.PublishedAsync(admin, startsAt: begins.ToString("O"), endsAt: begins.AddHours(2).ToString("O"));
            var body = await Stage.BodyAsync(mila, admin, places: 1);
            body.Remove("programme");
            body["eventId"] = @event["id"].GetString();
            var call = (await admin.TellAsync("/v1/calls", body)).Expect(201);
            (await admin.TellAsync($"{call.CallPath()}/publication", null)).Expect(200);
            var (reserve, sent) = (Stage.NewEmail(), new List<Guid>());
            sent.Add(await Stage.TakenAsync(admin, call));
            sent.Add(await Stage.TakenAsync(admin, call, email: reserve));
            var reviewer = await Stage.ReviewerAsync(admin, call);
            await Stage.CloseAsync(mila);
            for (var i = 0; i < 2; i++) (await Stage.ScoreAsync(admin, call, reviewer, sent[i], 5 - i, 1)).Expect(200);
            (await admin.TellAsync($"{call.CallPath()}/selection", new { })).Expect(200);
            (await admin.TellAsync($"{call.CallPath()}/announcement", new { })).Expect(200);
            if (isOver) mila.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(2));

            (await admin.TellAsync($"/v1/submissions/{sent[0]}/withdrawal", null)).Expect(200);
            var now = (await admin.AskAsync($"{call.CallPath()}/selection")).Expect(200);
            now.Ids("selected").ShouldBe(isOver ? [] : [sent[1]]);
            now["decisions"].EnumerateArray().Last().GetProperty("rule").GetString().ShouldBe(isOver ? "withdrawn" : "promoted");
            (await Stage.MailsAsync(mila, reserve)).Count(m => m.Text().Contains("est maintenant sélectionné", StringComparison.Ordinal)).ShouldBe(isOver ? 0 : 1);
        }
    }

    [Fact]
    public async Task Who_is_erased_from_a_call_that_is_off_leaves_no_place_to_anybody()
    {
        using var admin = mila.Admin();
        var (call, sent) = await Stage.JudgedAsync(mila, admin, places: 1, 5, 4);
        (await admin.TellAsync($"{call.CallPath()}/selection", new { })).Expect(200);
        (await admin.TellAsync($"{call.CallPath()}/cancellation", new { reason = new { fr = "La scène est fermée." } })).Expect(200);
        (await admin.CallAsync("DELETE", $"/v1/submissions/{sent[0]}/personal-data", null, ("If-Match", (await admin.AskAsync($"/v1/submissions/{sent[0]}")).Etag))).Status.ShouldBe(204);
        var left = (await admin.AskAsync($"{call.CallPath()}/selection")).Expect(200);
        (left.Ids("selected").Count, left.Ids("reserves")).ShouldSatisfyAllConditions(x => x.Item1.ShouldBe(0), x => x.Item2.ShouldBe([sent[1]]));
    }

    [Fact]
    public async Task Who_was_not_selected_is_forgotten_on_request_and_after_a_year()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var call = await Stage.OpenAsync(mila, admin, places: 1);
        var (emails, sent) = (new[] { Stage.NewEmail(), Stage.NewEmail(), Stage.NewEmail(), Stage.NewEmail() }, new List<Guid>());
        foreach (var email in emails) sent.Add(await Stage.TakenAsync(admin, call, $"Forget {email}", email));
        var (jury, close) = (Stage.NewEmail(), Stage.NewEmail());
        var (reviewer, cousin) = (await Stage.ReviewerAsync(admin, call, jury), await Stage.ReviewerAsync(admin, call, close));
        await Stage.CloseAsync(mila);
        for (var i = 0; i < 4; i++) (await Stage.ScoreAsync(admin, call, reviewer, sent[i], 5 - i, 1, "A word")).Expect(200);
        (await Stage.DeclareAsync(admin, call, cousin, sent[0])).Expect(200);
        async Task<Answer> EraseAsync(Guid id) => await admin.CallAsync("DELETE", $"/v1/submissions/{id}/personal-data", null, ("If-Match", (await admin.AskAsync($"/v1/submissions/{id}")).Etag));
        (await EraseAsync(sent[3])).ShouldRefuse(409, "submission-takes-part");
        (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 2 })).Expect(200);
        (await admin.TellAsync($"{call.CallPath()}/announcement", new { })).Expect(200);
        await mila.DrainAsync();

        (await EraseAsync(sent[0])).ShouldRefuse(409, "submission-takes-part");
        (await admin.CallAsync("DELETE", $"/v1/submissions/{sent[1]}/personal-data", null)).ShouldRefuse(428, "if-match-needed");
        (await EraseAsync(sent[1])).Status.ShouldBe(204);
        var erased = (await admin.AskAsync($"/v1/submissions/{sent[1]}")).Expect(200);
        (erased["status"].GetString(), erased["email"].ValueKind, erased["act"].GetString(), erased["links"].GetArrayLength()).ShouldBe(("erased", JsonValueKind.Null, "", 0));
        (await admin.AskAsync($"{call.CallPath()}/selection")).Expect(200).Ids("reserves").ShouldBe([sent[2]]);
        (await Stage.MailsAsync(mila, emails[1])).ShouldBeEmpty();
        (await admin.AskAsync($"{call.CallPath()}/reviews?submissionId={sent[1]}")).Expect(200)["items"][0].GetProperty("comment").ValueKind.ShouldBe(JsonValueKind.Null);
        (await nobody.AskAsync(Stage.OwnPage(mila, sent[1]))).ShouldRefuse(404, "submission-unknown");

        mila.Clock.Advance(TimeSpan.FromDays(360));
        await mila.DrainAsync();
        (await admin.AskAsync($"/v1/submissions/{sent[3]}")).Expect(200)["email"].GetString().ShouldBe(emails[3]);
        (await nobody.AskAsync(Stage.ReviewerPage(mila, call, reviewer))).Expect(200);
        (await Stage.MailsAsync(mila, jury)).Count.ShouldBe(2);
        mila.Clock.Advance(TimeSpan.FromDays(6));
        await mila.DrainAsync();

        // Of the jury the scores stay, and what was written for the one who is selected.
        (await nobody.AskAsync(Stage.ReviewerPage(mila, call, reviewer))).ShouldRefuse(404, "reviewer-unknown");
        (await admin.AskAsync(call.CallPath())).Expect(200)["reviewers"].EnumerateArray().Select(r => (r.GetProperty("id").GetGuid(), r.GetProperty("name").ValueKind, r.GetProperty("email").ValueKind))
            .ShouldBe([(reviewer, JsonValueKind.Null, JsonValueKind.Null), (cousin, JsonValueKind.Null, JsonValueKind.Null)]);
        var kept = (await admin.AskAsync($"{call.CallPath()}/reviews?submissionId={sent[0]}")).Expect(200)["items"].EnumerateArray().ToList();
        kept.Select(r => (r.GetProperty("comment").GetString(), r.GetProperty("reason").GetString())).ShouldBe([("A word", null), (null, "")], ignoreOrder: true);
        (await Stage.MailsAsync(mila, jury)).ShouldBeEmpty();
        foreach (var address in new[] { jury, close }) ((long)(await mila.SqlAsync($"select (select count(*) from events.mt_doc_call where data::text like '%{address}%') + (select count(*) from mila.mt_doc_outgoingmail where data::text like '%{address}%')"))!).ShouldBe(0);
        foreach (var id in sent.Skip(2)) (await admin.AskAsync($"/v1/submissions/{id}")).Expect(200)["status"].GetString().ShouldBe("erased");
        (await admin.AskAsync($"/v1/submissions/{sent[0]}")).Expect(200)["act"].GetString().ShouldBe($"Forget {emails[0]}");
        ((long)(await mila.SqlAsync($"select (select count(*) from events.mt_doc_submission where data::text like '%{emails[3]}%') + (select count(*) from mila.mt_doc_outgoingmail where data::text like '%{emails[3]}%') + (select count(*) from events.mt_doc_selection where data::text like '%{emails[3]}%')"))!).ShouldBe(0);
    }

    private static JsonElement Item(Answer list, Answer call) => list.Expect(200)["items"].EnumerateArray().Single(i => i.GetProperty("id").GetString() == call["id"].GetString());
}
