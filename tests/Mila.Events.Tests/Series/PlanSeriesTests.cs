using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Series;

public sealed class PlanSeriesTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_series_is_planned_at_once_and_each_event_goes_its_own_way()
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin);
        (await admin.TellAsync("/v1/spaces", new { code = "SERIE", site = "pepiniere", kind = "meetingRoom", bookable = true })).Expect(201);
        var series = (await admin.TellAsync("/v1/events/series", Body(programme, new { count = 9, everyMonths = 1, exceptMonths = new[] { 7, 8, 12 }, skipHolidays = true }, "SERIE"))).Expect(201);
        series.Header("Location").ShouldBe($"/v1/events?series={series["seriesId"].GetString()}");
        series["items"].GetArrayLength().ShouldBe(9);
        series["items"].EnumerateArray().Select(e => e.GetProperty("slug").GetString()).Distinct().Count().ShouldBe(9);
        series["items"].EnumerateArray().ShouldAllBe(e => e.GetProperty("slug").GetString()!.StartsWith("club", StringComparison.Ordinal));

        await mila.DrainAsync();
        var list = (await admin.AskAsync(series.Header("Location")!)).Expect(200);
        list["items"].GetArrayLength().ShouldBe(9);
        list["items"].EnumerateArray().ShouldAllBe(e => e.GetProperty("room").GetString() == "confirmed" && e.GetProperty("seriesId").GetString() == series["seriesId"].GetString());

        var (second, third) = ($"/v1/events/{list["items"][1].GetProperty("id").GetString()}", $"/v1/events/{list["items"][2].GetProperty("id").GetString()}");
        (await admin.AmendAsync(second, new { startsAt = "2026-02-16T19:00", endsAt = "2026-02-16T21:00" }, await admin.TagAsync(second))).Expect(200);
        (await admin.TellAsync($"{third}/cancellation", new { reason = new { fr = "Grève." } })).Expect(200);
        var now = (await admin.AskAsync(series.Header("Location")!)).Expect(200)["items"].EnumerateArray().ToArray();
        now.Select(e => e.GetProperty("status").GetString()).Count(s => s == "planned").ShouldBe(8);
        now[1].GetProperty("startsAt").GetString().ShouldBe("2026-02-16T18:00:00Z");
        now[3].GetProperty("startsAt").GetString().ShouldBe("2026-04-13T17:00:00Z");
    }

    [Fact]
    public async Task One_that_cannot_be_refuses_all()
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin);
        var night = new { programme, title = new { fr = "Nuit" }, startsAt = "2026-03-22T02:30", endsAt = "2026-03-22T05:00" };
        (await admin.TellAsync("/v1/events/series", new { @event = night, repeat = new { count = 3, everyWeeks = 1 } })).ShouldRefuse(422, "local-time-skipped", "/event/startsAt local-time-skipped");
        (await admin.TellAsync("/v1/events/series", new { @event = night, alsoOn = Array.Empty<string>() })).ShouldRefuse(422, "request-invalid", "/alsoOn required");
        (await admin.TellAsync("/v1/events/series", Body(programme, new { count = 1, everyWeeks = 53, exceptMonths = new[] { 13 } })))
            .ShouldRefuse(422, "request-invalid", "/repeat/count out-of-range", "/repeat/everyWeeks out-of-range", "/repeat/exceptMonths/0 out-of-range");
        (await admin.TellAsync("/v1/events/series", new { @event = new { programme, title = new { fr = "" } }, repeat = new { count = 3, everyWeeks = 1 } })).ShouldRefuse(422, "request-invalid", "/event/title/fr required");
        (await admin.TellAsync("/v1/events/series", Body("nobody", new { count = 3, everyWeeks = 1 }))).ShouldRefuse(422, "programme-unknown", "/event/programme programme-unknown");
        (await admin.TellAsync("/v1/events/series", new { @event = new { programme, title = new { fr = "Déjà" }, startsAt = "2026-03-16T19:00", endsAt = "2026-03-16T21:00", status = "published" }, repeat = new { count = 3, everyWeeks = 1 } }))
            .ShouldRefuse(422, "event-status-by-action", "/event/status event-status-by-action");
        (await admin.AskAsync($"/v1/events?programme={programme}"))["items"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_same_call_twice_plans_once()
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin);
        var body = Body(programme, new { count = 4, everyWeeks = 2 });
        var first = (await admin.TellAsync("/v1/events/series", body, ("Idempotency-Key", "series-1"))).Expect(201);
        var again = (await admin.TellAsync("/v1/events/series", body, ("Idempotency-Key", "series-1"))).Expect(201);
        again.Text.ShouldBe(first.Text);
        (await admin.AskAsync($"/v1/events?programme={programme}"))["items"].GetArrayLength().ShouldBe(4);
    }

    [Fact]
    public async Task It_needs_a_key_that_writes_events()
    {
        using var nobody = mila.Anonymous();
        (await nobody.TellAsync("/v1/events/series", Body("x", new { count = 3, everyWeeks = 1 }))).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.TellAsync("/v1/events/series", Body("x", new { count = 3, everyWeeks = 1 }))).ShouldRefuse(403, "scope-missing");
    }

    // Only one test has the room: which of them runs first is not said.
    private static object Body(string programme, object repeat, string? room = null) => new
    {
        @event = new { programme, title = new { fr = "Club" }, startsAt = "2026-01-12T19:00", endsAt = "2026-01-12T21:00", venue = new { mode = "onSite", spaceCode = room } },
        repeat,
    };
}
