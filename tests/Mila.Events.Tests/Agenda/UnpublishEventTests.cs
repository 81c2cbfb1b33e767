using System.Text.Json;
using Mila.Events.Tests.Feeds;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

public sealed class UnpublishEventTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly string[] Surfaces =
    [
        "/agenda", "/agenda?lang=en", "/embed/agenda", "/feeds/events.json", "/feeds/events.ics", "/feeds/events.atom", "/feeds/events.rss", "/feeds/events.csv", "/feeds/openagenda/events.v2.json",
        "/wp-json/tribe/events/v1/events",
    ];

    [Fact]
    public async Task It_is_gone_everywhere_and_may_come_back()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin);
        var published = await Scenario.PublishedAsync(admin, programme, "Retirée", "2026-05-04T17:00:00Z", "2026-05-04T19:00:00Z");
        var (slug, own) = (published["slug"].GetString()!, $"/agenda/{published["slug"].GetString()}");
        string[] all = [.. Surfaces, $"/feeds/programmes/{programme}/events.json", $"/feeds/programmes/{programme}/events.ics"];
        foreach (var surface in all) await public_.GetUntilAsync(surface, a => a.Text.Contains(slug, StringComparison.Ordinal));
        var moved = (await admin.AmendAsync(published.Path(), new { startsAt = "2026-05-05T17:00:00Z", endsAt = "2026-05-05T19:00:00Z" }, published.Etag)).Expect(200);

        var unpublished = (await admin.CallAsync("DELETE", $"{published.Path()}/publication", null, ("If-Match", moved.Etag))).Expect(200);
        (unpublished["status"].GetString(), unpublished["previousStartsAt"].ValueKind).ShouldBe(("planned", JsonValueKind.Null));
        unpublished.Etag.ShouldBe(await admin.TagAsync(published.Path()));
        foreach (var surface in all) await public_.GetUntilAsync(surface, a => !a.Text.Contains(slug, StringComparison.Ordinal));
        (await public_.AskAsync(own)).Status.ShouldBe(404);
        (await public_.AskAsync($"{own}/event.ics")).Status.ShouldBe(404);
        (await public_.AskAsync($"/embed/agenda?event={slug}")).Text.ShouldNotContain("Retirée");

        var again = (await admin.TellAsync($"{published.Path()}/publication", null)).Expect(200);
        var feed = await public_.GetUntilAsync("/feeds/events.json", a => a.Text.Contains(slug, StringComparison.Ordinal));
        var item = feed["items"].EnumerateArray().Single(i => i.GetProperty("_mila").GetProperty("slug").GetString() == slug).GetProperty("_mila");
        (item.GetProperty("sequence").GetInt32(), item.GetProperty("previousStartDate").ValueKind).ShouldBe((2, JsonValueKind.Null), "Calendars that kept it see that it is newer.");
        (await Scenario.CancelAsync(admin, again)).Expect(200);
    }

    [Fact]
    public async Task It_comes_back_on_another_day_newer_than_calendars_have_it_also_where_it_was_never_moved()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Replanifiée", startsAt: "2026-05-04T17:00:00Z", endsAt: "2026-05-04T19:00:00Z");
        var unpublished = (await admin.CallAsync("DELETE", $"{published.Path()}/publication", null, ("If-Match", published.Etag))).Expect(200);
        (await admin.AmendAsync(published.Path(), new { startsAt = "2026-05-05T17:00:00Z", endsAt = "2026-05-05T19:00:00Z" }, unpublished.Etag)).Expect(200);
        (await admin.TellAsync($"{published.Path()}/publication", null)).Expect(200);
        var calendar = await public_.GetUntilAsync($"/agenda/{published["slug"].GetString()}/event.ics", a => a.Text.Contains("DTSTART:20260505T170000Z", StringComparison.Ordinal));
        calendar.Text.ShouldContain("SEQUENCE:1\r\n");
    }

    [Fact]
    public async Task Receivers_of_webhooks_are_told_to_forget_it()
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin, title: "Oubliée");
        (await admin.CallAsync("DELETE", $"{published.Path()}/publication", null, ("If-Match", published.Etag))).Expect(200);
        var news = (await mila.PublishedAsync("Events.EventUnpublished")).Of(published).ShouldHaveSingleItem();
        (news.GetProperty("slug").GetString(), news.GetProperty("revision").GetInt32()).ShouldBe((published["slug"].GetString(), 3));

        await mila.DrainAsync();
        var changes = (await admin.GetUntilAsync($"/v1/changes?resourceId={published.Id()}", a => a.Text.Contains("event.unpublished", StringComparison.Ordinal)))["items"].EnumerateArray().Where(c => c.GetRawText().Contains(published.Id(), StringComparison.Ordinal)).ToArray();
        changes.Select(c => c.GetProperty("type").GetString()).ShouldBe(["event.published", "event.unpublished"]);
        var schema = (await admin.AskAsync("/v1/event-types/event.unpublished")).Expect(200);
        schema["title"].GetString().ShouldBe("event.unpublished");
    }

    [Fact]
    public async Task Those_who_are_registered_would_not_learn_of_it_so_it_is_refused()
    {
        using var admin = mila.Admin();
        var published = (await admin.TellAsync("/v1/events", new { programme = await Scenario.ProgrammeAsync(admin), title = new { fr = "Ouverte" }, startsAt = "2026-05-04T19:00", endsAt = "2026-05-04T21:00", audience = "public", capacity = 1 })).Expect(201);
        (await admin.TellAsync($"{published.Path()}/publication", null)).Expect(200);
        var registered = (await admin.TellAsync($"{published.Path()}/registrations", new { name = "Ada", email = "ada@example.org" })).Expect(201);
        (await admin.CallAsync("DELETE", $"{published.Path()}/publication", null, ("If-Match", await admin.TagAsync(published.Path())))).ShouldRefuse(409, "event-has-registrations");

        (await admin.TellAsync($"/v1/registrations/{registered["id"].GetString()}/cancellation", null)).Expect(200);
        (await admin.CallAsync("DELETE", $"{published.Path()}/publication", null, ("If-Match", await admin.TagAsync(published.Path())))).Expect(200);
        (await admin.TellAsync($"{published.Path()}/registrations", new { name = "Ada", email = "ada@example.org" })).ShouldRefuse(409, "event-not-open");
    }

    [Fact]
    public async Task What_is_not_published_or_is_over_stays_as_it_is()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);
        (await admin.CallAsync("DELETE", $"{planned.Path()}/publication", null, ("If-Match", planned.Etag))).ShouldRefuse(409, "event-not-published");
        var cancelled = (await Scenario.CancelAsync(admin, planned)).Expect(200);
        (await admin.CallAsync("DELETE", $"{planned.Path()}/publication", null, ("If-Match", cancelled.Etag))).ShouldRefuse(409, "event-cancelled");
        var held = await Scenario.PublishedAsync(admin, startsAt: "2026-03-09T17:00:00Z", endsAt: "2026-03-09T19:00:00Z");
        held = (await admin.TellAsync($"{held.Path()}/holding", null)).Expect(200);
        (await admin.CallAsync("DELETE", $"{held.Path()}/publication", null, ("If-Match", held.Etag))).ShouldRefuse(409, "event-held");
    }

    [Fact]
    public async Task It_needs_a_key_that_writes_events_the_version_that_was_read_and_an_event()
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin);
        var path = $"{published.Path()}/publication";
        (await admin.CallAsync("DELETE", path, null)).ShouldRefuse(428, "if-match-needed");
        (await admin.CallAsync("DELETE", path, null, ("If-Match", "\"stale\""))).ShouldRefuse(412, "stale").Etag.ShouldBe(published.Etag);
        (await admin.CallAsync("DELETE", "/v1/events/0194f0c0-0000-7000-8000-000000000000/publication", null, ("If-Match", published.Etag))).ShouldRefuse(404, "event-unknown");
        using var nobody = mila.Anonymous();
        (await nobody.CallAsync("DELETE", path, null, ("If-Match", published.Etag))).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.CallAsync("DELETE", path, null, ("If-Match", published.Etag))).ShouldRefuse(403, "scope-missing");
    }

    [Fact]
    public async Task An_event_online_with_somebody_registered_is_not_unpublished()
    {
        using var admin = mila.Admin();
        var online = await Door.OpenAsync(admin, venue: new { mode = "online", url = "https://meet.example/x" });
        await Door.RegisteredAsync(admin, online);

        var now = await admin.AskAsync(online.Path());
        (await admin.CallAsync("DELETE", $"{online.Path()}/publication", null, ("If-Match", now.Etag))).Status.ShouldBe(409);
    }
}
