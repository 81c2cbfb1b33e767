using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Feeds;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

/// <summary>What took place long ago leaves feeds and lists, and stays where links to it lead.</summary>
public sealed class PastAgendaTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task An_event_leaves_feeds_and_lists_400_days_after_its_end_and_keeps_its_page()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Long ago", startsAt: "2026-04-01T17:00:00Z", endsAt: "2026-04-01T19:00:00Z");
        var open = await Scenario.PublishedAsync(admin, title: "No day was ever said");
        var (page, openPage) = ($"/agenda/{published["slug"].GetString()}", $"/agenda/{open["slug"].GetString()}");

        await AtAsync("2027-05-06T18:59:59Z");
        (await public_.AskAsync("/feeds/events.json")).Text.ShouldContain("Long ago");
        (await public_.AskAsync("/feeds/events.json")).Text.ShouldNotContain("No day was ever said");

        await AtAsync("2027-05-06T19:00:00Z");
        foreach (var place in (string[])["/feeds/events.json", "/feeds/events.ics", "/feeds/events.csv", "/agenda", "/embed/agenda?limit=100"]) (await public_.AskAsync(place)).Expect(200).Text.ShouldNotContain("Long ago");

        // Whoever asks for an address of others costs no query.
        var slug = published["slug"].GetString()!;
        (await public_.AskAsync($"/oembed?url=https://elsewhere.example{page}")).ShouldRefuse(404, "oembed-unknown");
        Kept(slug).ShouldBeFalse();
        (await public_.AskAsync($"/oembed?url={Uri.EscapeDataString($"{mila.Address}agenda/{slug}")}")).Expect(200);
        Kept(slug).ShouldBeTrue("the control");

        (await public_.AskAsync(page)).Expect(200).Text.ShouldContain("Long ago");
        (await public_.AskAsync($"{page}/event.ics")).Expect(200).Text.ShouldContain("SUMMARY:Long ago");
        (await public_.AskAsync($"/embed/agenda?event={published["slug"].GetString()}")).Expect(200).Text.ShouldContain("Long ago");
        (await public_.AskAsync(openPage)).Expect(200).Text.ShouldContain("No day was ever said");
        (await public_.AskAsync("/agenda/never-was")).ShouldRefuse(404, "event-unknown");
        (await admin.AskAsync("/v1/events")).Text.ShouldContain("Long ago");
    }

    [Fact]
    public async Task What_is_no_longer_public_has_no_page_either()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var planned = await Scenario.PlannedAsync(admin, title: "Never announced");
        var cancelled = await Scenario.PublishedAsync(admin, title: "Called off for good", startsAt: "2028-04-01T17:00:00Z", endsAt: "2028-04-01T19:00:00Z");
        (await Scenario.CancelAsync(admin, cancelled)).Expect(200);

        mila.Clock.Advance(TimeSpan.FromDays(31));
        await mila.Services.GetRequiredService<PublicAgenda>().RefreshAsync(TestContext.Current.CancellationToken);
        foreach (var hidden in new[] { planned, cancelled }) (await public_.AskAsync($"/agenda/{hidden["slug"].GetString()}")).ShouldRefuse(404, "event-unknown");
    }

    private bool Kept(string slug) => mila.Services.GetRequiredService<PublicAgenda>().Edition!.Left(slug) is not null;

    private async Task AtAsync(string instant)
    {
        mila.Clock.SetUtcNow(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));
        await mila.Services.GetRequiredService<PublicAgenda>().RefreshAsync(TestContext.Current.CancellationToken);
    }
}
