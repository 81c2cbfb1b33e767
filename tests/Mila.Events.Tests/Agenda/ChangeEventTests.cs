using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

public sealed class ChangeEventTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly object Monday = new { startsAt = "2026-03-16T19:00:00+01:00", endsAt = "2026-03-16T21:00:00+01:00" };

    [Fact]
    public async Task The_day_of_a_month_is_confirmed()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);
        var scheduled = (await admin.AmendAsync(planned.Path(), Monday, planned.Etag)).Expect(200);

        (scheduled["month"].GetString(), scheduled["startsAt"].GetString()).ShouldBe((null, "2026-03-16T18:00:00Z"));
        scheduled.Etag.ShouldNotBe(planned.Etag);
        (await mila.SqlAsync($"select count(*) from mila.outbox where aggregate = '{planned.Id()}'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Those_who_know_a_published_event_are_told_that_it_moved()
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin);
        var scheduled = (await admin.AmendAsync(published.Path(), Monday, published.Etag)).Expect(200);
        var reopened = (await admin.AmendAsync(published.Path(), new { startsAt = (string?)null, endsAt = (string?)null, month = "2026-05" }, scheduled.Etag)).Expect(200);

        reopened["status"].GetString().ShouldBe("published");
        var moved = (await mila.PublishedAsync("Events.EventMoved")).Of(published).ToList();
        moved.Count.ShouldBe(2);
        (moved[0].GetProperty("previousStartsAt").GetString(), moved[0].GetProperty("revision").GetInt32()).ShouldBe((null, 3));
        moved[0].GetProperty("startsAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 3, 16, 18, 0, 0, TimeSpan.Zero));
        moved[1].GetProperty("previousStartsAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 3, 16, 18, 0, 0, TimeSpan.Zero));
        moved[1].GetProperty("month").GetString().ShouldBe("2026-05");
        (await mila.PublishedAsync("Events.EventChanged")).Of(published).ShouldBeEmpty();
    }

    [Fact]
    public async Task And_which_fields_read_differently()
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin);
        (await admin.AmendAsync(published.Path(), new { title = new { en = "Meeting" }, capacity = 30 }, published.Etag)).Expect(200)["title"].GetProperty("fr").GetString().ShouldBe("Rencontre");

        var changed = (await mila.PublishedAsync("Events.EventChanged")).Of(published).ShouldHaveSingleItem();
        changed.GetProperty("fields").EnumerateArray().Select(f => f.GetString()).ShouldBe(["title", "capacity"]);
        changed.GetProperty("titleEn").GetString().ShouldBe("Meeting");
        (await mila.PublishedAsync("Events.EventMoved")).Of(published).ShouldBeEmpty();
    }

    [Fact]
    public async Task Saying_the_same_again_changes_and_tells_nothing()
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin, startsAt: "2026-03-16T18:00:00Z", endsAt: "2026-03-16T20:00:00Z");
        var same = (await admin.AmendAsync(published.Path(), new { title = new { fr = "Rencontre" }, startsAt = "2026-03-16T19:00:00+01:00", tags = Array.Empty<string>() }, published.Etag)).Expect(200);

        same.Etag.ShouldBe(published.Etag);
        (await admin.AmendAsync(published.Path(), new { }, published.Etag)).Expect(200).Etag.ShouldBe(published.Etag);
        (await mila.SqlAsync($"select count(*) from mila.outbox where aggregate = '{published.Id()}' and type <> 'Events.EventPublished'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Null_removes_what_may_be_absent_and_is_refused_where_it_may_not()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);
        var full = (await admin.AmendAsync(planned.Path(), new { summary = new { fr = "a", en = "b" }, venue = new { mode = "onSite", name = "Milab" }, capacity = 5, tags = new[] { "x" } }, planned.Etag)).Expect(200);
        var bare = (await admin.AmendAsync(planned.Path(), new { summary = new { en = (string?)null }, venue = (object?)null, capacity = (int?)null, tags = (object?)null, month = (string?)null }, full.Etag)).Expect(200);

        (bare["summary"].GetProperty("fr").GetString(), bare["summary"].GetProperty("en").GetString()).ShouldBe(("a", null));
        bare["venue"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        bare["tags"].GetArrayLength().ShouldBe(0);
        foreach (var required in new[] { "programme", "title", "status", "audience" })
        {
            (await admin.AmendAsync(planned.Path(), $$"""{"{{required}}":null}""", bare.Etag)).ShouldRefuse(422, "request-invalid", $"/{required} wrong-type");
        }

        (await admin.AmendAsync(planned.Path(), """{"title":{"fr":null}}""", bare.Etag)).Status.ShouldBe(422);
        (await admin.AskAsync(planned.Path())).Etag.ShouldBe(bare.Etag);
    }

    [Theory]
    [InlineData("""{"programme":"nobody"}""", 422, "programme-unknown")]
    [InlineData("""{"startsAt":"2026-03-16T19:00:00Z"}""", 422, "event-half-scheduled")]
    [InlineData("""{"status":"held"}""", 422, "event-status-by-action")]
    [InlineData("""{"status":"planned"}""", 422, "event-status-by-action")]
    [InlineData("""{"month":null}""", 409, "event-undated")]
    [InlineData("""{"month":"mars"}""", 422, "request-invalid")]
    [InlineData("""{"nobody":1}""", 422, "request-invalid")]
    [InlineData("""{"nobody":null}""", 422, "request-invalid")]
    [InlineData("""{"title":[]}""", 422, "request-invalid")]
    [InlineData("""[]""", 400, "body-not-an-object")]
    [InlineData("""{"title":""", 400, "json-malformed")]
    [InlineData("", 400, "request-malformed")]
    public async Task A_change_that_cannot_be_is_refused_and_not_stored(string patch, int status, string code)
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin);
        (await admin.AmendAsync(published.Path(), patch, published.Etag)).ShouldRefuse(status, code);
        (await admin.AskAsync(published.Path())).Etag.ShouldBe(published.Etag);
    }

    [Fact]
    public async Task What_is_over_stays_as_it_was()
    {
        using var admin = mila.Admin();
        var cancelled = (await Scenario.CancelAsync(admin, await Scenario.PublishedAsync(admin))).Expect(200);
        (await admin.AmendAsync(cancelled.Path(), new { capacity = 3 }, cancelled.Etag)).ShouldRefuse(409, "event-cancelled");

        var published = await Scenario.PublishedAsync(admin, startsAt: "2026-03-09T17:00:00Z", endsAt: "2026-03-09T19:00:00Z");
        var held = (await admin.TellAsync($"{published.Path()}/holding", null)).Expect(200);
        (await admin.AmendAsync(held.Path(), Monday, held.Etag)).ShouldRefuse(409, "event-held");
        (await admin.AmendAsync(held.Path(), new { tags = new[] { "replay" } }, held.Etag)).Expect(200);
    }

    [Fact]
    public async Task A_patch_is_a_merge_patch()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);
        (await admin.CallAsync("PATCH", planned.Path(), new { capacity = 3 }, ("If-Match", planned.Etag), ("Content-Type", "application/json"))).ShouldRefuse(415, "unsupported-media-type");
        (await admin.CallAsync("PATCH", planned.Path(), new { capacity = 3 }, ("If-Match", planned.Etag), ("Content-Type", "application/merge-patch+json; charset=utf-8"))).Expect(200);
    }

    [Fact]
    public async Task It_needs_a_key_that_writes_events_and_an_event()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);
        using var nobody = mila.Anonymous();
        (await nobody.AmendAsync(planned.Path(), new { capacity = 3 }, planned.Etag)).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.AmendAsync(planned.Path(), new { capacity = 3 }, planned.Etag)).Status.ShouldBe(403);
        (await admin.AmendAsync("/v1/events/0194f0c0-0000-7000-8000-000000000000", new { capacity = 3 }, planned.Etag)).ShouldRefuse(404, "event-unknown");
    }
}
