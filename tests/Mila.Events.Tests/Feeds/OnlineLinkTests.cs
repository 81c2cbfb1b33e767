using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

public sealed class OnlineLinkTests(TestMila mila) : IClassFixture<TestMila>
{
    private const string Link = "https://live.example/secret-room";

    private static readonly string[] Surfaces =
    [
        "/agenda", "/embed/agenda", "/feeds/events.json", "/feeds/events.ics", "/feeds/events.atom", "/feeds/events.rss", "/feeds/events.csv", "/feeds/openagenda/events.v2.json", "/wp-json/tribe/events/v1/events",
    ];

    [Theory]
    [InlineData("members", "online")]
    [InlineData("hosted", "hybrid")]
    [InlineData("network", "online")]
    [InlineData("professionals", "hybrid")]
    public async Task The_link_of_an_event_that_is_not_for_everybody_is_nowhere_public(string audience, string mode)
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var (published, slug) = await PublishedAsync(admin, audience, mode, $"{Link}/{audience}");
        published["venue"].GetProperty("url").GetString().ShouldBe($"{Link}/{audience}", "Staff see it.");
        foreach (var surface in (string[])[.. Surfaces, $"/agenda/{slug}", $"/agenda/{slug}/event.ics"])
        {
            (await public_.GetUntilAsync(surface, a => a.Status == 200 && a.Text.Contains(slug, StringComparison.Ordinal))).Text.ShouldNotContain($"{Link}/{audience}", customMessage: surface);
        }

        (await public_.AskAsync($"/agenda/{slug}?lang=en")).Text.ShouldContain(mode == "online" ? "Online" : "On site and online");
    }

    [Fact]
    public async Task That_of_a_public_event_is_for_everybody()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var (_, slug) = await PublishedAsync(admin, "public", "online", $"{Link}/all");
        foreach (var surface in (string[])["/feeds/events.json", "/feeds/events.csv", $"/agenda/{slug}", "/feeds/openagenda/events.v2.json"]) await public_.GetUntilAsync(surface, a => a.Text.Contains($"{Link}/all", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_missing_until_the_day_is_said_to_the_staff()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);
        await ShouldMissAsync(planned, new { }, "/startsAt", "/venue");
        await ShouldMissAsync(planned, new { startsAt = "2026-05-04T19:00", endsAt = "2026-05-04T21:00", venue = new { mode = "onSite" } }, "/venue/name");
        await ShouldMissAsync(planned, new { venue = new { mode = "onSite", spaceCode = "PEP-MTG" } });
        await ShouldMissAsync(planned, new { venue = new { mode = "hybrid", spaceCode = (string?)null } }, "/venue/name", "/venue/url");
        await ShouldMissAsync(planned, new { venue = new { mode = "online" } }, "/venue/url");
        await ShouldMissAsync(planned, new { venue = new { mode = "hybrid", url = Link, address = "7 rue André Messager" } });

        async Task ShouldMissAsync(Answer @event, object changes, params string[] missing) =>
            (await admin.AmendAsync(@event.Path(), changes, await admin.TagAsync(@event.Path()))).Expect(200)["missing"].EnumerateArray().Select(m => m.GetString()).ShouldBe(missing);
    }

    [Fact]
    public async Task Co_hosts_are_partners_or_names()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        (await admin.TellAsync("/v1/partners", new { code = "map", name = "MAP, Music Alliance", kind = "network" })).Expect(201);
        await mila.DrainAsync();
        var planned = (await admin.TellAsync("/v1/events", new { programme = await Scenario.ProgrammeAsync(admin), title = new { fr = "À plusieurs" }, month = "2026-06", coHosts = new[] { "map", "La Cave à 20h <b>" } })).Expect(201);
        (await admin.TellAsync($"{planned.Path()}/publication", null)).Expect(200);
        (await public_.GetUntilAsync($"/agenda/{planned["slug"].GetString()}", a => a.Status == 200)).Text.ShouldContain("MAP, Music Alliance, La Cave à 20h &lt;b&gt;");
        (await mila.PublishedAsync("Events.EventPublished")).Of(planned).ShouldHaveSingleItem().GetProperty("coHosts").EnumerateArray().Select(c => c.GetString()).ShouldBe(["map"], "What others are told are codes of partners.");
    }

    private static async Task<(Answer Event, string Slug)> PublishedAsync(HttpClient admin, string audience, string mode, string url)
    {
        var planned = (await admin.TellAsync("/v1/events", new
        {
            programme = await Scenario.ProgrammeAsync(admin),
            title = new { fr = $"Visio {audience} {mode}" },
            startsAt = "2026-05-04T19:00",
            endsAt = "2026-05-04T21:00",
            audience,
            venue = new { mode, name = mode == "hybrid" ? "Milab" : null, url },
        })).Expect(201);
        return ((await admin.TellAsync($"{planned.Path()}/publication", null)).Expect(200), planned["slug"].GetString()!);
    }
}
