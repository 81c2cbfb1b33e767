using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

public sealed class HoldEventTests(TestMila mila) : IClassFixture<TestMila>
{
    // The fixture's clock stands at 2026-03-09T18:00:00Z.
    [Fact]
    public async Task An_event_that_has_started_has_been_held()
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin, startsAt: "2026-03-09T18:00:00Z", endsAt: "2026-03-09T20:00:00Z");
        (await admin.TellAsync($"{published.Path()}/holding", null)).Expect(200)["status"].GetString().ShouldBe("held");

        var news = (await mila.PublishedAsync("Events.EventHeld")).Of(published).ShouldHaveSingleItem();
        news.GetProperty("endsAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 3, 9, 20, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task What_has_not_happened_is_not_held()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin, startsAt: "2026-03-09T18:00:01Z", endsAt: "2026-03-09T20:00:00Z");
        (await admin.TellAsync($"{planned.Path()}/holding", null)).ShouldRefuse(409, "event-not-published");
        (await admin.TellAsync($"{planned.Path()}/publication", null)).Expect(200);
        (await admin.TellAsync($"{planned.Path()}/holding", null)).ShouldRefuse(409, "event-not-started");
        var cancelled = (await Scenario.CancelAsync(admin, planned)).Expect(200);
        (await admin.TellAsync($"{cancelled.Path()}/holding", null)).ShouldRefuse(409, "event-cancelled");
        (await mila.PublishedAsync("Events.EventHeld")).Of(planned).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_month_alone_does_not_happen()
    {
        using var admin = mila.Admin();
        (await admin.TellAsync($"{(await Scenario.PublishedAsync(admin)).Path()}/holding", null)).ShouldRefuse(409, "event-not-published");
    }

    [Fact]
    public async Task It_needs_a_key_that_writes_events_and_an_event()
    {
        using var admin = mila.Admin();
        var path = $"{(await Scenario.PlannedAsync(admin)).Path()}/holding";
        using var nobody = mila.Anonymous();
        (await nobody.TellAsync(path, null)).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.TellAsync(path, null)).Status.ShouldBe(403);
        (await admin.TellAsync("/v1/events/0194f0c0-0000-7000-8000-000000000000/holding", null)).ShouldRefuse(404, "event-unknown");
    }
}
