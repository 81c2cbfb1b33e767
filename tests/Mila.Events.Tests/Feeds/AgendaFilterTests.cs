using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

public sealed class AgendaFilterTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Every_format_is_filtered_by_programme_month_audience_and_language()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin, "fairs");
        var fair = await Scenario.PublishedAsync(admin, programme, "Foire", "2026-09-30T08:00:00Z", "2026-10-02T16:00:00Z");
        (await admin.AmendAsync(fair.Path(), new { title = new { en = "Fair" }, audience = "public" }, fair.Etag)).Expect(200);
        await Scenario.PublishedAsync(admin, programme, "Autre", "2026-11-04T08:00:00Z", "2026-11-04T16:00:00Z");
        await Scenario.PublishedAsync(admin, title: "Ailleurs", startsAt: "2026-10-01T08:00:00Z", endsAt: "2026-10-01T16:00:00Z");
        await public_.GetUntilAsync("/feeds/events.csv", a => a.Text.Contains("Ailleurs", StringComparison.Ordinal) && a.Text.Contains(",public,", StringComparison.Ordinal));

        foreach (var ending in (string[])["json", "ics", "atom", "rss", "csv"])
        {
            await OnlyAsync($"/feeds/events.{ending}?programme=fairs", "Foire", "Autre");
            await OnlyAsync($"/feeds/events.{ending}?month=2026-10", "Foire", "Ailleurs");
            await OnlyAsync($"/feeds/events.{ending}?month=2026-09", "Foire");
            await OnlyAsync($"/feeds/events.{ending}?audience=public", "Foire");
            await OnlyAsync($"/feeds/programmes/fairs/events.{ending}?month=2026-11", "Autre");
            await OnlyAsync($"/feeds/events.{ending}?month=2030-01");
            (await public_.AskAsync($"/feeds/events.{ending}?audience=public&lang=en")).Text.ShouldContain("Fair");
            (await public_.AskAsync($"/feeds/events.{ending}?audience=public&language=en")).Text.ShouldContain("Fair");
        }

        async Task OnlyAsync(string path, params string[] expected)
        {
            var feed = (await public_.AskAsync(path)).Expect(200);
            ((string[])["Foire", "Autre", "Ailleurs"]).Where(t => feed.Text.Contains(t, StringComparison.Ordinal)).ShouldBe(expected, ignoreOrder: true, path);
        }
    }

    [Fact]
    public async Task What_cannot_be_a_filter_is_refused_and_words_of_others_are_passed_over()
    {
        using var public_ = mila.Anonymous();
        (await public_.AskAsync("/feeds/events.json?programme=nobody")).ShouldRefuse(404, "programme-unknown");
        (await public_.AskAsync("/feeds/events.json?month=March")).ShouldRefuse(400, "agenda-filter-malformed", "?month malformed");
        (await public_.AskAsync("/feeds/events.json?audience=Members")).ShouldRefuse(400, "agenda-filter-malformed", "?audience unknown");
        (await public_.AskAsync("/feeds/events.json?utm_source=reader")).Expect(200);
        (await public_.AskAsync("/feeds/events.xls")).ShouldRefuse(404, "unknown-route");
    }
}
