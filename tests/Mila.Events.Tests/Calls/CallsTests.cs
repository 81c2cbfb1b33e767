using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Calls;

public sealed class CallsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_call_is_drawn_up_published_and_opens_and_closes_by_the_clock()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var body = await Stage.BodyAsync(mila, admin);
        (body["opensAt"], body["closesAt"]) = (mila.Clock.GetUtcNow().AddHours(1), mila.Clock.GetUtcNow().AddHours(3));
        var drawn = (await admin.TellAsync("/v1/calls", body)).Expect(201);
        (drawn.Header("Location"), drawn["status"].GetString(), drawn["slug"].GetString()!.StartsWith("mamamila-appel", StringComparison.Ordinal)).ShouldBe((drawn.CallPath(), "draft", true));
        (await admin.AskAsync(drawn.CallPath())).Expect(200).Etag.ShouldBe(drawn.Etag);
        (await nobody.AskAsync($"/calls/{drawn["slug"].GetString()}")).ShouldRefuse(404, "call-unknown");
        (await Stage.SendAsync(nobody, drawn)).ShouldRefuse(404, "call-unknown");

        (await admin.TellAsync($"{drawn.CallPath()}/publication", null)).Expect(200)["status"].GetString().ShouldBe("scheduled");
        (await admin.TellAsync($"{drawn.CallPath()}/publication", null)).ShouldRefuse(409, "call-already-published");
        (await Stage.SendAsync(nobody, drawn)).ShouldRefuse(409, "call-not-open");
        (await Stage.ToldAsync(mila, drawn, "call.opened")).ShouldBeEmpty();

        mila.Clock.Advance(TimeSpan.FromHours(1));
        // Whether or not it was noted.
        (await admin.AskAsync(drawn.CallPath())).Expect(200)["status"].GetString().ShouldBe("open");
        await mila.DrainAsync();
        (await Stage.ToldAsync(mila, drawn, "call.opened")).ShouldHaveSingleItem().ShouldContain($"/calls/{drawn["slug"].GetString()}\"");
        (await nobody.AskAsync($"/calls/{drawn["slug"].GetString()}/submission")).Expect(200).Text.ShouldContain("<form method=\"post\"");

        mila.Clock.Advance(TimeSpan.FromHours(2));
        (await Stage.SendAsync(nobody, drawn)).ShouldRefuse(409, "call-closed");
        await mila.DrainAsync();
        (await Stage.ToldAsync(mila, drawn, "call.closed")).ShouldHaveSingleItem();
        (await admin.AskAsync($"/v1/calls?programme={drawn["programme"].GetString()}&status=closed")).Expect(200)["items"].GetArrayLength().ShouldBe(1);
        (await nobody.AskAsync($"/calls/{drawn["slug"].GetString()}/submission")).Expect(200).Text.ShouldNotContain("<form method=\"post\"");
    }

    [Fact]
    public async Task A_call_of_an_event_has_its_programme_and_a_link_on_its_page()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var @event = await Scenario.PublishedAsync(admin);
        var body = await Stage.BodyAsync(mila, admin);
        body["eventId"] = @event["id"].GetString();
        (await admin.TellAsync("/v1/calls", body)).ShouldRefuse(422, "call-of-other-programme", "/programme call-of-other-programme");
        body.Remove("programme");
        var drawn = (await admin.TellAsync("/v1/calls", body)).Expect(201);
        drawn["programme"].GetString().ShouldBe(@event["programme"].GetString());
        body.Remove("eventId");
        (await admin.TellAsync("/v1/calls", body)).ShouldRefuse(422, "call-without-programme");
        body["eventId"] = Guid.CreateVersion7();
        (await admin.TellAsync("/v1/calls", body)).ShouldRefuse(422, "event-unknown", "/eventId event-unknown");
        body.Remove("eventId");
        body["programme"] = "nobody";
        (await admin.TellAsync("/v1/calls", body)).ShouldRefuse(422, "programme-unknown");

        var link = $"href=\"/calls/{drawn["slug"].GetString()}\"";
        await ((Mila.Events.Feeds.PublicAgenda)mila.Services.GetService(typeof(Mila.Events.Feeds.PublicAgenda))!).RefreshAsync(default);
        (await nobody.AskAsync($"/agenda/{@event["slug"].GetString()}?lang=fr")).Expect(200).Text.ShouldNotContain(link);
        (await admin.TellAsync($"{drawn.CallPath()}/publication", null)).Expect(200);
        await ((Mila.Events.Feeds.PublicAgenda)mila.Services.GetService(typeof(Mila.Events.Feeds.PublicAgenda))!).RefreshAsync(default);
        (await nobody.AskAsync($"/agenda/{@event["slug"].GetString()}?lang=fr")).Expect(200).Text.ShouldContain(link);
        (await nobody.AskAsync("/agenda?lang=en")).Expect(200).Text.ShouldContain("A call for artists is open");
        (await nobody.AskAsync("/calls?lang=en")).Expect(200).Text.ShouldContain("MaMAMILA: call");
    }

    [Theory]
    [InlineData("places", 0, "/places out-of-range")]
    [InlineData("places", 101, "/places out-of-range")]
    [InlineData("bestScore", 1, "/bestScore out-of-range")]
    [InlineData("reviewsNeeded", 0, "/reviewsNeeded out-of-range")]
    [InlineData("criteria", null, "/criteria wrong-type")]
    [InlineData("opensAt", "0001-01-01T00:00:00Z", "/opensAt out-of-range")]
    [InlineData("title", "Appel", "/title wrong-type")]
    public async Task What_no_call_can_be_is_refused(string member, object? value, string fault)
    {
        using var admin = mila.Admin();
        var body = await Stage.BodyAsync(mila, admin);
        body[member] = value;
        (await admin.TellAsync("/v1/calls", body)).ShouldRefuse(422, "request-invalid", fault);
    }

    [Fact]
    public async Task Criteria_have_codes_of_their_own_and_weights_from_1_to_100()
    {
        using var admin = mila.Admin();
        var body = await Stage.BodyAsync(mila, admin);
        body["criteria"] = new object[] { new { code = "a", label = new { fr = "A" }, weight = 1 }, new { code = "a", label = new { fr = "B" }, weight = 1 } };
        (await admin.TellAsync("/v1/calls", body)).ShouldRefuse(422, "request-invalid", "/criteria duplicate");
        body["criteria"] = new object[] { new { code = "a", label = new { fr = "A" }, weight = 0 } };
        (await admin.TellAsync("/v1/calls", body)).ShouldRefuse(422, "request-invalid", "/criteria/0/weight out-of-range");
        body["criteria"] = Array.Empty<object>();
        (await admin.TellAsync("/v1/calls", body)).ShouldRefuse(422, "request-invalid", "/criteria required");
        body = await Stage.BodyAsync(mila, admin);
        body["closesAt"] = body["opensAt"];
        (await admin.TellAsync("/v1/calls", body)).ShouldRefuse(422, "call-closes-before-opening", "/closesAt call-closes-before-opening");
    }

    [Fact]
    public async Task An_open_call_closes_later_when_staff_say_so_and_keeps_its_terms()
    {
        using var admin = mila.Admin();
        var call = await Stage.OpenAsync(mila, admin);
        var etag = (await admin.AskAsync(call.CallPath())).Etag;
        (await admin.AmendAsync(call.CallPath(), new { places = 4 }, etag)).ShouldRefuse(409, "call-terms-fixed");
        (await admin.AmendAsync(call.CallPath(), new { places = 4 }, "\"none\"")).ShouldRefuse(412, "stale");
        (await admin.AmendAsync(call.CallPath(), new { closesAt = mila.Clock.GetUtcNow().AddHours(-1).AddMinutes(1) }, etag)).ShouldRefuse(422, "call-closes-in-past");
        (await admin.AmendAsync(call.CallPath(), new { closesAt = mila.Clock.GetUtcNow().AddHours(1) }, etag)).ShouldRefuse(409, "call-closes-earlier");
        (await admin.AmendAsync(call.CallPath(), new { closesAt = mila.Clock.GetUtcNow().AddDays(9), title = new { fr = "Mieux" } }, etag)).Expect(200)["title"].GetProperty("fr").GetString().ShouldBe("Mieux");

        await Stage.CloseAsync(mila);
        (await admin.AskAsync(call.CallPath())).Expect(200)["status"].GetString().ShouldBe("open");
        (await Stage.ToldAsync(mila, call, "call.closed")).ShouldBeEmpty();
        mila.Clock.Advance(TimeSpan.FromDays(2));
        await mila.DrainAsync();
        (await Stage.ToldAsync(mila, call, "call.closed")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_call_of_an_event_goes_where_its_event_goes_and_ends_with_it()
    {
        using var admin = mila.Admin();
        var stage = await Scenario.PublishedAsync(admin, startsAt: mila.Clock.GetUtcNow().AddDays(60).ToString("O"), endsAt: mila.Clock.GetUtcNow().AddDays(60).AddHours(2).ToString("O"));
        var body = await Stage.BodyAsync(mila, admin);
        (body["programme"], body["eventId"]) = (null, stage.Id());
        var call = (await admin.TellAsync("/v1/calls", body)).Expect(201);
        (await admin.TellAsync($"{call.CallPath()}/publication", null)).Expect(200);
        var email = Stage.NewEmail();
        await Stage.TakenAsync(admin, call, email: email);

        var planned = await Scenario.PlannedAsync(admin);
        body = await Stage.BodyAsync(mila, admin);
        (body["programme"], body["eventId"]) = (null, planned.Id());
        var draft = (await admin.TellAsync("/v1/calls", body)).Expect(201);
        (await Scenario.CancelAsync(admin, planned)).Expect(200);
        (await admin.AskAsync(draft.CallPath())).Expect(200)["status"].GetString().ShouldBe("cancelled", "Nobody knew of the event, and its call is off with it.");
        (await admin.TellAsync("/v1/calls", body)).ShouldRefuse(409, "event-cancelled");

        var elsewhere = await Scenario.ProgrammeAsync(admin);
        (await admin.AmendAsync(stage.Path(), new { programme = elsewhere }, (await admin.AskAsync(stage.Path())).Etag)).Expect(200);
        var later = (await admin.AmendAsync(call.CallPath(), new { closesAt = mila.Clock.GetUtcNow().AddDays(9) }, (await admin.AskAsync(call.CallPath())).Etag)).Expect(200);
        later["programme"].GetString().ShouldBe(elsewhere);

        (await Scenario.CancelAsync(admin, stage)).Expect(200);
        var off = (await admin.AskAsync(call.CallPath())).Expect(200);
        off["status"].GetString().ShouldBe("cancelled");
        (await Stage.SendAsync(admin, call)).ShouldRefuse(409, "call-cancelled");
        (await Stage.MailsAsync(mila, email)).ShouldContain(m => m.Text().Contains("L'intervenante est malade.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_is_told_to_those_who_took_part()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (call, email) = (await Stage.OpenAsync(mila, admin), Stage.NewEmail());
        await Stage.TakenAsync(admin, call, email: email);
        var off = (await admin.TellAsync($"{call.CallPath()}/cancellation", new { reason = new { fr = "La scène est <fermée>." } })).Expect(200);
        off["status"].GetString().ShouldBe("cancelled");
        (await Stage.MailsAsync(mila, email)).ShouldContain(m => m.Text().Contains("La scène est <fermée>.", StringComparison.Ordinal));
        (await nobody.AskAsync($"/calls/{call["slug"].GetString()}")).Expect(200).Text.ShouldContain("La scène est &lt;fermée&gt;.");
        (await Stage.SendAsync(nobody, call)).ShouldRefuse(409, "call-cancelled");
        (await admin.TellAsync($"{call.CallPath()}/cancellation", new { reason = new { fr = "x" } })).ShouldRefuse(409, "call-cancelled");

        var draft = await Stage.DrawnAsync(mila, admin);
        (await admin.TellAsync($"{draft.CallPath()}/cancellation", new { reason = new { fr = "x" } })).Expect(200);
        (await nobody.AskAsync($"/calls/{draft["slug"].GetString()}")).ShouldRefuse(404, "call-unknown");
    }

    [Fact]
    public async Task It_needs_a_key_of_the_staff()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        using var reader = await mila.KeyAsync(null, "events:read");
        var call = await Stage.OpenAsync(mila, admin);
        (await nobody.AskAsync("/v1/calls")).ShouldRefuse(401, "unauthenticated");
        (await reader.AskAsync("/v1/calls")).Expect(200);
        (await reader.TellAsync($"{call.CallPath()}/publication", null)).Status.ShouldBe(403);
        var partner = (await admin.TellAsync("/v1/partners", new { code = "map", name = "MAP", kind = "network" })).Expect(201);
        using var key = await mila.KeyAsync(partner["id"].GetGuid(), "events:read", "events:write");
        foreach (var path in new[] { "/v1/calls", call.CallPath(), $"{call.CallPath()}/submissions", $"{call.CallPath()}/reviews", $"{call.CallPath()}/ranking", $"{call.CallPath()}/selection" }) (await key.AskAsync(path)).ShouldRefuse(403, "calls-for-staff");
        (await key.TellAsync($"{call.CallPath()}/cancellation", new { reason = new { fr = "x" } })).ShouldRefuse(403, "calls-for-staff");
        (await admin.AskAsync($"/v1/calls/{Guid.CreateVersion7()}/ranking")).ShouldRefuse(404, "call-unknown");
    }
}
