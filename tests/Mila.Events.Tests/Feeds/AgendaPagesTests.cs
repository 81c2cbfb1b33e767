using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

public sealed class AgendaPagesTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Pages_read_in_both_languages_and_in_the_time_of_Paris()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin);
        var published = await Scenario.PublishedAsync(admin, programme, "Vidéo", "2026-04-06T17:00:00Z", "2026-04-06T19:00:00Z");
        (await admin.AmendAsync(published.Path(), new { title = new { en = "Film" } }, published.Etag)).Expect(200);
        await Scenario.PublishedAsync(admin, programme, "Un jour de mars");

        var french = await public_.GetUntilAsync("/agenda", a => a.Text.Contains("Un jour de mars", StringComparison.Ordinal));
        french.ContentHeaders.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        french.Text.ShouldContain("<html lang=\"fr\">");
        french.Text.ShouldContain("mars 2026, date &#xE0; confirmer");
        french.Text.ShouldContain("lundi 6 avril 2026, 19h00");
        french.Text.ShouldContain("datetime=\"2026-04-06T17:00:00Z\"");

        var english = (await public_.AskAsync("/agenda", ("Accept-Language", "en-GB, fr;q=0.5"))).Expect(200);
        english.Text.ShouldContain("<html lang=\"en\">");
        english.Text.ShouldContain(">Film<");
        english.Text.ShouldContain("Monday 6 April 2026, 19:00");
        english.Header("Content-Language").ShouldBe("en");
        english.Header("Vary").ShouldBe("Accept-Language");
        (await public_.AskAsync("/agenda?lang=fr", ("Accept-Language", "en"))).Text.ShouldContain("<html lang=\"fr\">");
        (await public_.AskAsync("/agenda?lang=%22%3E%3Cscript%3E")).Expect(200).Text.ShouldNotContain("<script");
    }

    [Fact]
    public async Task What_people_typed_is_text_and_never_markup()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        const string evil = "<script>alert(1)</script>\"'&";
        var planned = (await admin.TellAsync("/v1/events", new
        {
            programme = await Scenario.ProgrammeAsync(admin),
            title = new { fr = evil },
            summary = new { fr = evil },
            month = "2026-03",
            venue = new { mode = "onSite", name = evil, address = evil },
        })).Expect(201);
        (await admin.TellAsync($"{planned.Path()}/publication", null)).Expect(200);

        var page = await public_.GetUntilAsync($"/agenda/{planned["slug"].GetString()}", a => a.Status == 200);
        page.Text.ShouldContain("&lt;script&gt;");
        page.Text.ShouldNotContain("<script");
        (await public_.AskAsync("/agenda")).Text.ShouldNotContain("<script");
    }

    [Fact]
    public async Task A_page_sets_no_cookie_and_calls_on_nobody_else()
    {
        using var public_ = mila.Anonymous();
        var page = (await public_.AskAsync("/agenda")).Expect(200);
        page.Header("Set-Cookie").ShouldBeNull();
        page.Text.ShouldNotContain("http://");
        page.Text.ShouldNotContain("https://");
        page.Header("Content-Security-Policy")!.ShouldContain("frame-ancestors 'none'");
    }
}
