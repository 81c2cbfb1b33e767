using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Calls;
using Mila.Events.Tests.PartnerEvents;
using Mila.Partners.Contracts;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

/// <summary>Quotes in quotes, 128 deep, are no Markdown to the library that reads it. One such text once took every feed and the agenda down with it.</summary>
public sealed class DeepMarkdownTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly string Deep = string.Concat(Enumerable.Repeat("> ", 130)) + "au fond";

    private static readonly string[] Surfaces =
    [
        "/agenda", "/agenda?lang=en", "/embed/agenda?limit=100", "/feeds/events.json", "/feeds/events.ics", "/feeds/events.atom", "/feeds/events.rss", "/feeds/events.csv", "/feeds/events.ics?lang=en",
        "/feeds/openagenda/events.v2.json", "/wp-json/tribe/events/v1/events",
    ];

    [Fact]
    public async Task What_is_stored_all_the_same_is_shown_as_it_was_typed()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var own = await Scenario.PublishedAsync(admin, title: "Beside the deep one", startsAt: "2026-05-04T17:00:00Z", endsAt: "2026-05-04T19:00:00Z");
        var network = await PartnerEventsInTheAgendaTests.NetworkAsync(mila, "deep", "Deep");
        await PartnerEventsInTheAgendaTests.PushAsync(mila, network, "Very deep", summary: Deep);

        var feed = await public_.GetUntilAsync("/feeds/events.json", a => a.Text.Contains("Very deep", StringComparison.Ordinal));
        feed.Text.ShouldContain("au fond");
        foreach (var surface in Surfaces) (await public_.AskAsync(surface)).Expect(200).Text.ShouldContain("Beside the deep one", customMessage: surface);
        (await public_.AskAsync($"/agenda/{own["slug"].GetString()}")).Expect(200);
    }

    [Fact]
    public async Task An_event_that_cannot_be_written_takes_no_other_down()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        await Scenario.PublishedAsync(admin, title: "Beside the broken one", startsAt: "2026-05-05T17:00:00Z", endsAt: "2026-05-05T19:00:00Z");
        var network = await PartnerEventsInTheAgendaTests.NetworkAsync(mila, "broken", "Broken");
        var (broken, at) = (Guid.CreateVersion7(), mila.Clock.GetUtcNow());
        // Partners refuses such an address; no calendar and no feed of XML can be written with it.
        await mila.TellAsync(new PartnerEventPushed(broken, network.Id, "x", "Without an address", null, null, null, null, at.AddDays(60), at.AddDays(61), null, null, null, null, "network", "http://[", [], null, null, null, at, 0, 1, at));

        await public_.GetUntilAsync("/feeds/events.json", a => a.Text.Contains("Without an address", StringComparison.Ordinal) && a.Text.Contains("Beside the broken one", StringComparison.Ordinal));
        foreach (var surface in Surfaces) (await public_.AskAsync(surface)).Expect(200).Text.ShouldContain("Beside the broken one", customMessage: surface);
        (await public_.AskAsync("/feeds/events.ics")).Text.ShouldNotContain(broken.ToString());
        (await public_.AskAsync("/feeds/events.ics?partner=broken")).Expect(200).Text.ShouldNotContain("BEGIN:VEVENT");
        await mila.TellAsync(new PartnerEventWithdrawn(broken, network.Id, "x", 2, at));
    }

    [Fact]
    public async Task It_is_refused_where_it_is_written()
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin);
        (await admin.TellAsync("/v1/events", new { programme, title = new { fr = "X" }, summary = new { fr = Deep } })).ShouldRefuse(422, "request-invalid", "/summary/fr too-deep");
        var planned = await Scenario.PlannedAsync(admin, programme);
        (await admin.AmendAsync(planned.Path(), new { summary = new { fr = "Bien.", en = Deep } }, planned.Etag)).ShouldRefuse(422, "request-invalid", "/summary/en too-deep");
        var call = await Stage.BodyAsync(mila, admin);
        call["text"] = new { fr = Deep };
        (await admin.TellAsync("/v1/calls", call)).ShouldRefuse(422, "request-invalid", "/text/fr too-deep");
    }
}
