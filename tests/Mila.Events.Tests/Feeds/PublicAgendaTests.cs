using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Feeds;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

public sealed class PublicAgendaTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly string[] Places = ["/feeds/events.json", "/feeds/events.ics", "/feeds/events.atom", "/feeds/events.rss", "/feeds/events.csv", "/agenda", "/embed/agenda?limit=100"];

    [Fact]
    public async Task A_published_event_stands_everywhere_and_one_that_is_not_nowhere()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin, "club-mila");
        await Scenario.PlannedAsync(admin, programme, "Secret", "2026-11-06T17:00:00Z", "2026-11-06T19:00:00Z");
        var published = await Scenario.PublishedAsync(admin, programme, "Announced", "2026-11-06T17:00:00Z", "2026-11-06T19:00:00Z");

        foreach (var place in (string[])[.. Places, "/feeds/programmes/club-mila/events.json", "/feeds/programmes/club-mila/events.ics"])
        {
            (await public_.GetUntilAsync(place, a => a.Text.Contains("Announced", StringComparison.Ordinal))).Text.ShouldNotContain("Secret");
        }

        (await public_.AskAsync($"/agenda/{published["slug"].GetString()}")).Expect(200).Text.ShouldContain("Announced");
        (await public_.AskAsync("/agenda/secret")).ShouldRefuse(404, "event-unknown");
        (await public_.AskAsync("/feeds/programmes/nobody/events.json")).ShouldRefuse(404, "programme-unknown");
    }

    [Fact]
    public async Task A_change_shows()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Before the change", startsAt: "2026-11-07T17:00:00Z", endsAt: "2026-11-07T19:00:00Z");
        (await admin.AmendAsync(published.Path(), new { title = new { fr = "After the change" } }, published.Etag)).Expect(200);

        foreach (var place in Places) (await public_.GetUntilAsync(place, a => a.Text.Contains("After the change", StringComparison.Ordinal))).Text.ShouldNotContain("Before the change");
    }

    [Fact]
    public async Task A_cancelled_event_is_said_to_be_cancelled_for_30_days()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Called off", startsAt: "2026-12-01T17:00:00Z", endsAt: "2026-12-01T19:00:00Z");
        (await Scenario.CancelAsync(admin, published)).Expect(200);
        var slug = published["slug"].GetString();

        (await public_.GetUntilAsync("/feeds/events.json", a => ItemOf(a, published.Id()) is { } item && item.GetProperty("_mila").GetProperty("status").GetString() == "cancelled")).Expect(200);
        (await public_.AskAsync("/feeds/events.ics")).Text.ShouldContain("STATUS:CANCELLED");
        (await public_.AskAsync($"/agenda/{slug}?lang=en")).Text.ShouldContain("Cancelled");

        var agenda = mila.Services.GetRequiredService<PublicAgenda>();
        mila.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        await agenda.RefreshAsync(TestContext.Current.CancellationToken);
        ItemOf(await public_.AskAsync("/feeds/events.json"), published.Id()).ShouldNotBeNull();

        mila.Clock.Advance(TimeSpan.FromSeconds(1));
        await agenda.RefreshAsync(TestContext.Current.CancellationToken);
        ItemOf(await public_.AskAsync("/feeds/events.json"), published.Id()).ShouldBeNull();
        (await public_.AskAsync("/feeds/events.ics")).Text.ShouldNotContain(published.Id());
        (await public_.AskAsync($"/agenda/{slug}")).ShouldRefuse(404, "event-unknown");
    }

    [Fact]
    public async Task What_was_cancelled_before_anybody_knew_never_shows()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        await Scenario.CancelAsync(admin, await Scenario.PlannedAsync(admin, title: "Never known", startsAt: "2026-12-02T17:00:00Z", endsAt: "2026-12-02T19:00:00Z"));
        await Scenario.PublishedAsync(admin, title: "Known", startsAt: "2026-12-02T17:00:00Z", endsAt: "2026-12-02T19:00:00Z");
        (await public_.GetUntilAsync("/agenda", a => a.Text.Contains(">Known<", StringComparison.Ordinal))).Text.ShouldNotContain("Never known");
    }

    [Fact]
    public async Task Every_host_of_the_database_shows_it()
    {
        using var admin = mila.Admin();
        var (host, second) = await mila.StartAnotherAsync();
        await using var _ = host;
        using var __ = second;
        await second.GetUntilAsync("/agenda", a => a.Status == 200);

        await Scenario.PublishedAsync(admin, title: "Seen by all", startsAt: "2026-12-03T17:00:00Z", endsAt: "2026-12-03T19:00:00Z");

        foreach (var place in Places) await second.GetUntilAsync(place, a => a.Text.Contains("Seen by all", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_served_while_the_database_is_away()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        await Scenario.PublishedAsync(admin, title: "Kept in memory", startsAt: "2026-12-04T17:00:00Z", endsAt: "2026-12-04T19:00:00Z");
        await public_.GetUntilAsync("/feeds/events.json", a => a.Text.Contains("Kept in memory", StringComparison.Ordinal));

        await mila.SqlAsync("alter table events.mt_doc_event rename to gone");
        try
        {
            foreach (var place in Places) (await public_.AskAsync(place)).Expect(200).Text.ShouldContain("Kept in memory");
            (await admin.AskAsync("/v1/events")).ShouldRefuse(500, "internal-error");
        }
        finally
        {
            await mila.SqlAsync("alter table events.gone rename to mt_doc_event");
        }
    }

    private static System.Text.Json.JsonElement? ItemOf(Answer feed, string id) =>
        feed["items"].EnumerateArray().Where(i => i.GetProperty("id").GetString() == $"urn:uuid:{id}").Select(i => (System.Text.Json.JsonElement?)i).SingleOrDefault();
}
