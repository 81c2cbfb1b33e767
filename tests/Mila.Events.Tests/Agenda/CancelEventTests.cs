using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

public sealed class CancelEventTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Those_who_know_it_learn_that_it_is_off()
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin, startsAt: "2026-03-16T18:00:00Z", endsAt: "2026-03-16T20:00:00Z");
        var cancelled = (await Scenario.CancelAsync(admin, published)).Expect(200);

        (cancelled["status"].GetString(), cancelled["cancellationReason"].GetProperty("fr").GetString()).ShouldBe(("cancelled", "L'intervenante est malade."));
        var news = (await mila.PublishedAsync("Events.EventCancelled")).Of(published).ShouldHaveSingleItem();
        news.GetProperty("startsAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 3, 16, 18, 0, 0, TimeSpan.Zero));
        news.GetProperty("revision").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task What_nobody_knew_is_nobodys_news()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);
        (await Scenario.CancelAsync(admin, planned)).Expect(200);
        (await mila.PublishedAsync("Events.EventCancelled")).Of(planned).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_over_is_not_called_off()
    {
        using var admin = mila.Admin();
        var cancelled = await Scenario.CancelAsync(admin, await Scenario.PlannedAsync(admin));
        (await Scenario.CancelAsync(admin, cancelled)).ShouldRefuse(409, "event-cancelled");
        var published = await Scenario.PublishedAsync(admin, startsAt: "2026-03-09T17:00:00Z", endsAt: "2026-03-09T19:00:00Z");
        (await admin.TellAsync($"{published.Path()}/holding", null)).Expect(200);
        (await Scenario.CancelAsync(admin, published)).ShouldRefuse(409, "event-held");
    }

    [Fact]
    public async Task What_has_been_counted_has_taken_place_and_stays_in_the_report()
    {
        using var admin = mila.Admin();
        var now = mila.Clock.GetUtcNow();
        var (counted, rained) = (await OverAsync(), await OverAsync());
        (await admin.TellAsync($"{counted.Path()}/attendance", null)).Expect(200);

        (await Scenario.CancelAsync(admin, counted)).ShouldRefuse(409, "event-took-place");
        (await admin.TellAsync($"{counted.Path()}/holding", null)).Expect(200);
        // What did not take place may be said so afterwards.
        (await Scenario.CancelAsync(admin, rained)).Expect(200);

        Task<Answer> OverAsync() => Scenario.PublishedAsync(admin, startsAt: now.AddHours(-3).ToString("O"), endsAt: now.AddHours(-1).ToString("O"));
    }

    [Theory]
    [InlineData("{}", 422, "/reason required")]
    [InlineData("""{"reason":null}""", 422, "/reason wrong-type")]
    [InlineData("""{"reason":{"fr":""}}""", 422, null)]
    [InlineData("""{"reason":{"fr":"x"},"why":1}""", 422, "/why unknown-member")]
    [InlineData("""{"reason":"x"}""", 422, "/reason wrong-type")]
    [InlineData("", 400, null)]
    public async Task The_public_is_owed_a_reason(string body, int status, string? fault)
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin);
        (await admin.TellAsync($"{published.Path()}/cancellation", body)).ShouldRefuse(status, status == 400 ? "request-malformed" : "request-invalid", fault is null ? [] : [fault]);
        (await admin.AskAsync(published.Path())).Etag.ShouldBe(published.Etag);
    }

    [Fact]
    public async Task It_needs_a_key_that_writes_events_and_an_event()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);
        using var nobody = mila.Anonymous();
        (await Scenario.CancelAsync(nobody, planned)).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "events:read");
        (await Scenario.CancelAsync(reader, planned)).Status.ShouldBe(403);
        (await admin.TellAsync("/v1/events/0194f0c0-0000-7000-8000-000000000000/cancellation", new { reason = new { fr = "x" } })).ShouldRefuse(404, "event-unknown");
    }
}
