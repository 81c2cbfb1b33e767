using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

public sealed class PublishEventTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_published_event_is_announced()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin, title: "Vidéo", startsAt: "2026-03-16T18:00:00Z", endsAt: "2026-03-16T20:00:00Z");
        var published = (await admin.TellAsync($"{planned.Path()}/publication", null)).Expect(200);

        published["status"].GetString().ShouldBe("published");
        published.Etag.ShouldBe((await admin.AskAsync(planned.Path())).Etag);
        var news = (await mila.PublishedAsync("Events.EventPublished")).Of(planned).ShouldHaveSingleItem();
        (news.GetProperty("slug").GetString(), news.GetProperty("titleFr").GetString(), news.GetProperty("audience").GetString(), news.GetProperty("revision").GetInt32())
            .ShouldBe((planned["slug"].GetString(), "Vidéo", "members", 2));
        news.GetProperty("startsAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 3, 16, 18, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_month_is_enough_to_be_announced_and_nothing_is_not()
    {
        using var admin = mila.Admin();
        var inMarch = await Scenario.PublishedAsync(admin);
        (await mila.PublishedAsync("Events.EventPublished")).Of(inMarch).ShouldHaveSingleItem().GetProperty("month").GetString().ShouldBe("2026-03");

        var someday = await Scenario.PlannedAsync(admin, month: null);
        (await admin.TellAsync($"{someday.Path()}/publication", null)).ShouldRefuse(409, "event-undated");
        (await mila.PublishedAsync("Events.EventPublished")).Of(someday).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_announced_once_however_many_ask_at_once()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => admin.TellAsync($"{planned.Path()}/publication", null)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 409 && (a.Code == "event-already-published" || a.Code == "concurrent-change"));
        (await mila.PublishedAsync("Events.EventPublished")).Of(planned).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_announced_or_over_is_not_announced_again()
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin, startsAt: "2026-03-09T17:00:00Z", endsAt: "2026-03-09T19:00:00Z");
        (await admin.TellAsync($"{published.Path()}/publication", null)).ShouldRefuse(409, "event-already-published");
        (await admin.TellAsync($"{published.Path()}/holding", null)).Expect(200);
        (await admin.TellAsync($"{published.Path()}/publication", null)).ShouldRefuse(409, "event-held");
        var cancelled = await Scenario.CancelAsync(admin, await Scenario.PlannedAsync(admin));
        (await admin.TellAsync($"{cancelled.Path()}/publication", null)).ShouldRefuse(409, "event-cancelled");
    }

    [Fact]
    public async Task It_needs_a_key_that_writes_events_and_an_event()
    {
        using var admin = mila.Admin();
        var path = $"{(await Scenario.PlannedAsync(admin)).Path()}/publication";
        using var nobody = mila.Anonymous();
        (await nobody.TellAsync(path, null)).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.TellAsync(path, null)).Status.ShouldBe(403);
        (await admin.TellAsync("/v1/events/0194f0c0-0000-7000-8000-000000000000/publication", null)).ShouldRefuse(404, "event-unknown");
        (await admin.TellAsync(path, "{", ("Content-Type", "application/json"))).ShouldRefuse(400, "json-malformed");
    }
}
