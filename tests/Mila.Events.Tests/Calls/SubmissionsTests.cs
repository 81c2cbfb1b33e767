using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Events.Tests.Calls;

public sealed class SubmissionsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task An_artist_confirms_changes_and_withdraws_by_the_link_in_the_mail()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (call, email, act) = (await Stage.OpenAsync(mila, admin), Stage.NewEmail(), Stage.NewAct());
        var form = $"/calls/{call["slug"].GetString()}/submission";
        var sent = await Stage.PostAsync(mila, form + "?lang=en", Fields(act, email));
        (sent.Status, sent.Header("Location")).ShouldBe((303, form + "?sent=1&lang=en"));
        (await nobody.AskAsync(sent.Header("Location")!)).Text.ShouldContain("Look into your mail");
        var pending = (await admin.AskAsync($"{call.CallPath()}/submissions?status=pending")).Expect(200)["items"][0];
        (pending.GetProperty("status").GetString(), pending.GetProperty("number").ValueKind, pending.GetProperty("act").GetString()).ShouldBe(("pending", JsonValueKind.Null, act));
        var path = $"/v1/submissions/{pending.GetProperty("id").GetString()}";
        (await admin.TellAsync($"{path}/withdrawal", null)).ShouldRefuse(409, "submission-not-confirmed");

        var mail = (await Stage.MailsAsync(mila, email)).ShouldHaveSingleItem();
        mail.GetProperty("subject").GetString().ShouldBe("Confirm your submission: MaMAMILA: call");
        var own = Stage.LinkOf(mail);
        var page = (await nobody.AskAsync(own)).Expect(200);
        (page.Header("Cache-Control"), page.Header("X-Robots-Tag"), page.Header("Set-Cookie")).ShouldBe(("no-store", "noindex", null));
        page.Text.ShouldContain("Confirm my submission");
        (await admin.AskAsync(path)).Expect(200)["status"].GetString().ShouldBe("pending");
        (await Stage.PostAsync(mila, own + "/confirmation")).Status.ShouldBe(303);
        (await Stage.PostAsync(mila, own + "/confirmation")).Status.ShouldBe(303);
        var submitted = (await admin.AskAsync(path)).Expect(200);
        (submitted["status"].GetString(), submitted["number"].GetInt32()).ShouldBe(("submitted", 1));
        (await Stage.MailsAsync(mila, email)).Count.ShouldBe(2);

        (await Stage.PostAsync(mila, own, Fields(act + " <b>", email, link: "http://listen.example"))).Expect(200).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("aria-invalid"), t => t.ShouldNotContain("<b>"));
        (await Stage.PostAsync(mila, own, Fields(act + " 🎷", email, text: "Autre\r\nchose"))).Status.ShouldBe(303);
        var changed = (await admin.AskAsync(path)).Expect(200);
        (changed["act"].GetString(), changed["text"].GetString(), changed["email"].GetString()).ShouldBe((act + " 🎷", "Autre\nchose", email));

        (await Stage.PostAsync(mila, own + "/withdrawal")).Status.ShouldBe(303);
        (await admin.AskAsync(path)).Expect(200)["status"].GetString().ShouldBe("withdrawn");
        (await nobody.AskAsync(own)).Text.ShouldContain("Your submission is withdrawn.");
        (await Stage.PostAsync(mila, own + "/withdrawal")).Expect(200).Text.ShouldContain("role=\"alert\"");
        (await Stage.PostAsync(mila, own, Fields(act, email))).Expect(200).Text.ShouldContain("role=\"alert\"");
        (await admin.TellAsync($"{path}/withdrawal", null)).ShouldRefuse(409, "submission-withdrawn");
        // Whoever has withdrawn may come back.
        (await Stage.SendAsync(admin, call, act, email)).Expect(201)["number"].GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_learns_here_who_takes_part()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (call, email) = (await Stage.OpenAsync(mila, admin), Stage.NewEmail());
        await Stage.TakenAsync(admin, call, email: email);
        var (known, unknown) = ((await Stage.SendAsync(nobody, call, "One", email.ToUpperInvariant())).Expect(201), (await Stage.SendAsync(nobody, call, "Two")).Expect(201));
        string Shape(Answer a) => string.Join(' ', a.Json.EnumerateObject().Where(p => p.Name is not ("id" or "act" or "email" or "sentAt" or "updatedAt")).Select(p => p.ToString())) + string.Join(' ', a.Headers.Select(h => h.Key).Order(StringComparer.Ordinal));
        Shape(known).ShouldBe(Shape(unknown));
        KindOf(known).ShouldBe(KindOf(unknown), "the kind of version tells nothing");
        known["status"].GetString().ShouldBe("pending");
        (await admin.AskAsync($"/v1/submissions/{known["id"].GetString()}")).ShouldRefuse(404, "submission-unknown");
        (await Stage.MailsAsync(mila, email)).ShouldContain(m => m.Text().Contains("vous en avez déjà une", StringComparison.Ordinal));
        (await nobody.AskAsync($"/v1/submissions/{unknown["id"].GetString()}")).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task One_address_and_one_act_have_one_submission()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (call, email) = (await Stage.OpenAsync(mila, admin), Stage.NewEmail());
        await Stage.TakenAsync(admin, call, "Les Éléphants", email);
        (await Stage.SendAsync(admin, call, email: email.ToUpperInvariant())).ShouldRefuse(409, "submission-address-taken");
        (await Stage.SendAsync(admin, call, act: "les  elephants!")).ShouldRefuse(409, "submission-act-taken");

        // A stranger hears of the act only with a confirmed address.
        var other = Stage.NewEmail();
        (await Stage.SendAsync(nobody, call, "LES ELEPHANTS", other)).Expect(201);
        var own = Stage.LinkOf((await Stage.MailsAsync(mila, other)).ShouldHaveSingleItem());
        var taken = (await Stage.PostAsync(mila, own + "/confirmation")).Expect(200).Text;
        taken.ShouldContain("Un artiste ou groupe de ce nom participe");
        // This was answered to a form; in English the page is read where it is.
        taken.ShouldContain($"<a href=\"{own}?lang=en\"");
        (await mila.Anonymous().AskAsync(own + "?lang=en")).Expect(200).Text.ShouldContain($"action=\"{own}/confirmation?lang=en\"");
        (await mila.Anonymous().AskAsync(own + "?lang=en&done=1")).Expect(200).Text.ShouldContain($"href=\"{own}?done=1&amp;lang=fr\"");

        // Twice sent, once confirmed.
        var twice = Stage.NewEmail();
        (await Stage.SendAsync(nobody, call, email: twice)).Expect(201);
        (await Stage.SendAsync(nobody, call, email: twice)).Expect(201);
        var links = (await Stage.MailsAsync(mila, twice)).Select(Stage.LinkOf).ToList();
        (await Stage.PostAsync(mila, links[0] + "/confirmation")).Status.ShouldBe(303);
        (await Stage.PostAsync(mila, links[1] + "/confirmation")).Expect(200).Text.ShouldContain("Cette adresse a déjà envoyé une candidature");
    }

    [Fact]
    public async Task Of_many_that_send_at_once_one_takes_part()
    {
        using var admin = mila.Admin();
        var (call, email) = (await Stage.OpenAsync(mila, admin), Stage.NewEmail());
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Stage.SendAsync(admin, call, email: email)));
        answers.Count(a => a.Status == 201).ShouldBe(1);
        foreach (var late in answers.Where(a => a.Status != 201)) late.ShouldRefuse(409, "submission-address-taken");
        var others = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Stage.SendAsync(admin, call)));
        others.Select(a => a.Expect(201)["number"].GetInt32()).Order().ShouldBe(Enumerable.Range(2, 10));
    }

    [Fact]
    public async Task What_was_sent_in_time_is_confirmed_within_a_day_and_else_forgotten()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (call, quick, slow) = (await Stage.OpenAsync(mila, admin), Stage.NewEmail(), Stage.NewEmail());
        mila.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        foreach (var email in new[] { quick, slow }) (await Stage.SendAsync(nobody, call, email: email)).Expect(201);
        var (first, second) = (Stage.LinkOf((await Stage.MailsAsync(mila, quick))[^1]), Stage.LinkOf((await Stage.MailsAsync(mila, slow))[^1]));
        mila.Clock.Advance(TimeSpan.FromHours(1));
        await mila.DrainAsync();
        (await Stage.PostAsync(mila, first + "/confirmation")).Status.ShouldBe(303);
        (await Stage.PostAsync(mila, first, Fields("Later", quick))).Expect(200).Text.ShouldContain("L&#x27;appel est clos");
        mila.Clock.Advance(TimeSpan.FromHours(23));
        (await Stage.PostAsync(mila, second + "/confirmation")).Expect(200).Text.ShouldContain("Ce lien vaut 24 heures");
        (await admin.AskAsync($"{call.CallPath()}/submissions")).Expect(200)["items"].GetArrayLength().ShouldBe(2);
        await mila.DrainAsync();
        (await admin.AskAsync($"{call.CallPath()}/submissions")).Expect(200)["items"].GetArrayLength().ShouldBe(1);
        (await nobody.AskAsync(second)).ShouldRefuse(404, "submission-unknown");
        (await Stage.MailsAsync(mila, slow)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Links_are_https_and_at_most_five()
    {
        using var nobody = mila.Anonymous();
        using var admin = mila.Admin();
        var call = await Stage.OpenAsync(mila, admin);
        foreach (var bad in new[] { "http://a.example/", "javascript:alert(1)", "https://user:pass@a.example/", "a.example", "//a.example", "https://" }) (await Stage.SendAsync(nobody, call, links: new[] { bad })).ShouldRefuse(422, "request-invalid", "/links/0 wrong-format");
        (await Stage.SendAsync(nobody, call, links: Array.Empty<string>())).ShouldRefuse(422, "request-invalid", "/links required");
        (await Stage.SendAsync(nobody, call, links: Enumerable.Repeat("https://a.example/", 6))).ShouldRefuse(422, "request-invalid", "/links too-many");
        (await Stage.SendAsync(nobody, call, email: "nobody")).ShouldRefuse(422, "request-invalid", "/email wrong-format");
        (await Stage.SendAsync(nobody, call, act: " ")).ShouldRefuse(422, "request-invalid", "/act required");
        (await nobody.TellAsync($"/v1/calls/{Guid.CreateVersion7()}/submissions", new { act = "a", name = "n", email = "a@label.example", text = "t", links = new[] { "https://a.example/" } })).ShouldRefuse(404, "call-unknown");
    }

    [Fact]
    public async Task The_form_says_again_what_was_typed_and_which_field_is_wrong()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var call = await Stage.OpenAsync(mila, admin, blind: true);
        var form = $"/calls/{call["slug"].GetString()}/submission";
        (await nobody.AskAsync(form)).Expect(200).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("sans vous y nommer"), t => t.ShouldNotContain("<script"));
        var wrong = (await Stage.PostAsync(mila, form, ("act", "<b>Nous</b>"), ("name", "Nina\r\nBcc: x"), ("email", "nobody"), ("text", ""), ("link1", "https://a.example"), ("link3", "ftp://b.example"))).Expect(200).Text;
        wrong.ShouldSatisfyAllConditions(
            t => t.ShouldContain("&lt;b&gt;Nous&lt;/b&gt;"), t => t.ShouldNotContain("<b>Nous"), t => t.ShouldContain("id=\"email-fault\""), t => t.ShouldContain("id=\"text-fault\""), t => t.ShouldContain("id=\"link3-fault\""),
            t => t.ShouldNotContain("id=\"link1-fault\""), t => t.ShouldNotContain("id=\"act-fault\""));
        (await Stage.PostAsync(mila, form, ("act", "a\0b"))).Expect(200).Text.ShouldContain("aria-invalid");
        (await Stage.PostAsync(mila, "/calls/nothing/submission", ("act", "a"))).ShouldRefuse(404, "call-unknown");
        (await admin.AskAsync($"{call.CallPath()}/submissions")).Expect(200)["items"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_link_that_was_not_made_here_opens_nothing()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var call = await Stage.OpenAsync(mila, admin);
        var (own, jury) = (Stage.OwnPage(mila, await Stage.TakenAsync(admin, call)), Stage.ReviewerPage(mila, call, await Stage.ReviewerAsync(admin, call)));
        foreach (var forged in new[] { own[..^2] + "BB", "/submissions/AAAA", jury.Replace("/reviews/", "/submissions/", StringComparison.Ordinal), Stage.OwnPage(mila, Guid.CreateVersion7()) }) (await nobody.AskAsync(forged)).ShouldRefuse(404, "submission-unknown");
        foreach (var forged in new[] { jury[..^2] + "BB", own.Replace("/submissions/", "/reviews/", StringComparison.Ordinal), Stage.ReviewerPage(mila, call, Guid.CreateVersion7()) }) (await nobody.AskAsync(forged)).ShouldRefuse(404, "reviewer-unknown");
        (await Stage.PostAsync(mila, own[..^2] + "BB/withdrawal")).Status.ShouldBe(404);
    }

    /// <summary>By which rule of RFC 9562 the version was made that the tag of an answer says.</summary>
    internal static (int Version, int Variant) KindOf(Answer a) => new Guid(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(a.Etag.Trim('"'))) is var version ? (version.Version, version.Variant >> 2) : default;

    private static (string, string)[] Fields(string act, string email, string link = "https://listen.example/x", string text = "Bonjour") =>
        [("act", act), ("name", "Nina Simon"), ("email", email), ("city", ""), ("text", text), ("link2", link)];
}

public sealed class SubmissionLimitTests(PublicForm.LimitedMila mila) : IClassFixture<PublicForm.LimitedMila>
{
    [Fact]
    public async Task A_submission_is_taken_ten_times_a_minute_from_one_address()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var call = await Stage.OpenAsync(mila, admin);
        for (var i = 0; i < 5; i++) (await Stage.SendAsync(nobody, call)).Expect(201);
        for (var i = 0; i < 5; i++) (await Stage.PostAsync(mila, $"/calls/{call["slug"].GetString()}/submission", ("act", "x"))).Expect(200);
        (await Stage.SendAsync(nobody, call)).ShouldRefuse(429, "too-many-requests").Header("Retry-After").ShouldNotBeNull();
        (await Stage.PostAsync(mila, $"/calls/{call["slug"].GetString()}/submission", ("act", "x"))).Status.ShouldBe(429);
        await Stage.TakenAsync(admin, call);
        (await admin.AskAsync($"{call.CallPath()}/submissions")).Expect(200)["items"].GetArrayLength().ShouldBe(6, "Nothing of what was refused is kept.");

        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Stage.SendAsync(nobody, call)).Expect(201);
    }
}

public sealed class SubmissionsWithoutLimitTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Without_the_limit_every_one_of_them_is_taken()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var call = await Stage.OpenAsync(mila, admin);
        for (var i = 0; i < 12; i++) (await Stage.SendAsync(nobody, call)).Expect(201);
        for (var i = 0; i < 12; i++) (await Stage.PostAsync(mila, $"/calls/{call["slug"].GetString()}/submission", ("act", "x"))).Expect(200);
    }
}
