using System.Text.Json;
using System.Text.RegularExpressions;
using Mila.BuildingBlocks.Time;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Feeds;
using Mila.Testing.App;

namespace Mila.Events.Tests.Pages;

public sealed partial class AgendaPagesTests(TestMila mila) : IClassFixture<TestMila>
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
        french.Text.ShouldContain("mars 2026, date à confirmer");
        french.Text.ShouldContain("lundi 6 avril 2026, 19h00");
        french.Text.ShouldContain("datetime=\"2026-04-06T17:00:00Z\"");

        var english = (await public_.AskAsync("/agenda", ("Accept-Language", "en-GB, fr;q=0.5"))).Expect(200);
        english.Text.ShouldContain("<html lang=\"en\">");
        english.Text.ShouldContain(">Film<");
        english.Text.ShouldContain("Monday 6 April 2026, 19:00");
        english.Header("Content-Language").ShouldBe("en");
        english.Header("Vary").ShouldBe("Accept-Encoding, Accept-Language");
        (await public_.AskAsync("/agenda?lang=fr", ("Accept-Language", "en"))).Text.ShouldContain("<html lang=\"fr\">");
        (await public_.AskAsync("/agenda?lang=%22%3E%3Cscript%3E")).Expect(200).Text.ShouldNotContain("\"><script>");
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
        foreach (var text in (string[])[page.Text, (await public_.AskAsync("/agenda")).Text, (await public_.AskAsync("/embed/agenda")).Text])
        {
            text.ShouldNotContain("<script>");
            text.ShouldNotContain("alert(1)<");
        }
    }

    [Fact]
    public async Task A_page_sets_no_cookie_and_calls_on_nobody_else()
    {
        using var public_ = mila.Anonymous();
        var page = (await public_.AskAsync("/agenda")).Expect(200);
        page.Header("Set-Cookie").ShouldBeNull();
        Loaded().Matches(page.Text).Select(m => m.Groups["url"].Value).ShouldAllBe(url => url.StartsWith('/') && !url.StartsWith("//"));
        Loaded().IsMatch("<link rel=\"stylesheet\" href=\"https://fonts.example/a.css\">").ShouldBeTrue("The pattern sees what a page loads.");
        page.Header("Content-Security-Policy")!.ShouldContain("frame-ancestors 'none'");
    }

    [Fact]
    public async Task It_says_the_same_in_the_words_of_search_engines_and_of_cards()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Both", startsAt: "2026-10-24T17:00:00Z", endsAt: "2026-10-25T19:00:00Z");
        (await admin.AmendAsync(published.Path(), new { venue = new { mode = "hybrid", name = "104factory", address = "104 rue d'Aubervilliers", url = "https://live.example/x" }, summary = new { fr = "**Gras**" } }, published.Etag)).Expect(200);

        var slug = published["slug"].GetString();
        var page = await public_.GetUntilAsync($"/agenda/{slug}", a => a.Text.Contains("104factory", StringComparison.Ordinal));
        var thing = LinkedData(page);
        (thing.GetProperty("@type").GetString(), thing.GetProperty("name").GetString()).ShouldBe(("Event", "Both"));
        (thing.GetProperty("startDate").GetString(), thing.GetProperty("endDate").GetString()).ShouldBe(("2026-10-24T19:00:00+02:00", "2026-10-25T20:00:00+01:00"));
        thing.GetProperty("eventStatus").GetString().ShouldBe("https://schema.org/EventScheduled");
        thing.GetProperty("eventAttendanceMode").GetString().ShouldBe("https://schema.org/MixedEventAttendanceMode");
        thing.GetProperty("location").EnumerateArray().Select(l => l.GetProperty("@type").GetString()).ShouldBe(["Place", "VirtualLocation"]);
        thing.GetProperty("offers").GetProperty("availability").GetString().ShouldBe("https://schema.org/InStock");
        page.Text.ShouldContain("<strong>Gras</strong>");
        page.Text.ShouldContain("<meta property=\"og:title\" content=\"Both\">");
        foreach (var language in (string[])["fr", "en"]) page.Text.ShouldContain($"hreflang=\"{language}\" href=\"{thing.GetProperty("url").GetString()}?lang={language}\"");

        var current = (await admin.AskAsync(published.Path())).Expect(200);
        (await admin.AmendAsync(published.Path(), new { startsAt = "2026-10-26T17:00:00Z", endsAt = "2026-10-26T19:00:00Z" }, current.Etag)).Expect(200);
        var moved = LinkedData(await public_.GetUntilAsync($"/agenda/{slug}", a => a.Text.Contains("EventRescheduled", StringComparison.Ordinal)));
        moved.GetProperty("previousStartDate").GetString().ShouldBe("2026-10-24T19:00:00+02:00");

        (await Scenario.CancelAsync(admin, published)).Expect(200);
        LinkedData(await public_.GetUntilAsync($"/agenda/{slug}", a => a.Text.Contains("EventCancelled", StringComparison.Ordinal))).GetProperty("offers").GetProperty("availability").GetString().ShouldNotEndWith("InStock");
    }

    [Fact]
    public async Task A_co_host_is_called_by_its_name()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Together", startsAt: "2026-10-24T17:00:00Z", endsAt: "2026-10-24T19:00:00Z");
        (await admin.AmendAsync(published.Path(), new { coHosts = new[] { "map" } }, published.Etag)).Expect(200);
        var page = $"/agenda/{published["slug"].GetString()}";
        await public_.GetUntilAsync(page, a => a.Text.Contains("<dd>map</dd>", StringComparison.Ordinal));

        await mila.TellAsync(new Mila.Partners.Contracts.PartnerRegistered(Guid.CreateVersion7(mila.Clock.GetUtcNow()), "map", "MaMA & co", "network", Reciprocity: true, 1, mila.Clock.GetUtcNow()));
        await public_.GetUntilAsync(page, a => a.Text.Contains("<dd>MaMA &amp; co</dd>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_may_come_is_led_to_the_form_the_calendar_and_the_map()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin, "led");
        var open = await Scenario.PublishedAsync(admin, programme, "Pour tous", "2026-09-06T17:00:00Z", "2026-09-06T19:00:00Z");
        (await admin.AmendAsync(open.Path(), new { audience = "public", venue = new { mode = "onSite", name = "104factory", address = "104 rue d'Aubervilliers" } }, open.Etag)).Expect(200);
        var closed = await Scenario.PublishedAsync(admin, programme, "Pour les adhérents", "2026-09-07T17:00:00Z", "2026-09-07T19:00:00Z");
        var (slug, other) = (open["slug"].GetString(), closed["slug"].GetString());

        var page = await public_.GetUntilAsync($"/agenda/{slug}?lang=en", a => a.Text.Contains("104factory", StringComparison.Ordinal) && a.Text.Contains(other!, StringComparison.Ordinal));
        page.Text.ShouldContain($"href=\"/agenda/{slug}/registration?lang=en\">Register</a>");
        page.Text.ShouldContain($"href=\"/agenda/{slug}/event.ics?lang=en\"");
        page.Text.ShouldContain("href=\"https://www.openstreetmap.org/search?query=104%20rue%20d%27Aubervilliers\"");
        page.Text.ShouldContain($"href=\"/agenda/{other}?lang=en\"", Case.Sensitive, "What comes after it is named.");
        page.Text.ShouldContain("href=\"webcal://");
        (await public_.AskAsync($"/agenda/{slug}/registration?lang=en")).Expect(200);

        var members = (await public_.AskAsync($"/agenda/{other}?lang=fr")).Expect(200);
        members.Text.ShouldNotContain("/registration");
        members.Text.ShouldNotContain("openstreetmap");

        (await Scenario.CancelAsync(admin, open)).Expect(200);
        (await public_.GetUntilAsync($"/agenda/{slug}", a => a.Text.Contains("EventCancelled", StringComparison.Ordinal))).Text.ShouldNotContain("/registration");
    }

    [Fact]
    public async Task French_without_a_translation_is_marked_as_French_on_an_English_page()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin, "marked");
        var french = await Scenario.PublishedAsync(admin, programme, "Sans traduction", "2026-09-16T17:00:00Z", "2026-09-16T19:00:00Z");
        (await admin.AmendAsync(french.Path(), new { summary = new { fr = "Un texte.", en = "A text." } }, french.Etag)).Expect(200);

        var page = await public_.GetUntilAsync($"/agenda/{french["slug"].GetString()}?lang=en", a => a.Text.Contains("A text.", StringComparison.Ordinal));
        page.Text.ShouldContain("<h1 lang=\"fr\">Sans traduction</h1>");
        page.Text.ShouldContain("<div class=\"description\"><p>A text.</p>");
        (await public_.AskAsync("/agenda?programme=marked&lang=en")).Text.ShouldContain("lang=\"fr\">Sans traduction</a>");
        (await public_.AskAsync("/agenda?programme=marked&lang=fr")).Text.ShouldContain("\">Sans traduction</a>");
        // The name of the programme is French, the month beside it is not.
        (await public_.AskAsync("/agenda?programme=marked&month=2026-09&lang=en")).Text.ShouldContain("<h1><span lang=\"fr\">Club MILA</span>, September 2026</h1>");
        (await public_.AskAsync("/embed/agenda?programme=marked&lang=en")).Text.ShouldContain("<h1 lang=\"fr\">Club MILA</h1>");
    }

    [Fact]
    public async Task It_says_what_is_today_and_what_is_tomorrow()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin, "soon");
        var tomorrow = ParisTime.Today(mila.Clock).AddDays(1);
        await Scenario.PublishedAsync(admin, programme, "Bientôt", ParisTime.StartOf(tomorrow).AddHours(19).ToString("O"), ParisTime.StartOf(tomorrow).AddHours(21).ToString("O"));
        (await public_.GetUntilAsync("/agenda?programme=soon", a => a.Text.Contains("Bientôt", StringComparison.Ordinal))).Text.ShouldContain("<p class=\"flag soon\">Demain</p>");

        mila.Clock.Advance(ParisTime.StartOf(tomorrow) - mila.Clock.GetUtcNow());
        (await public_.GetUntilAsync("/agenda?programme=soon&lang=en", a => a.Text.Contains(">Today<", StringComparison.Ordinal))).Text.ShouldNotContain("Tomorrow");
    }

    [Fact]
    public async Task It_filters_without_a_script()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin, "filtered");
        await Scenario.PublishedAsync(admin, programme, "In June", "2026-06-30T17:00:00Z", "2026-06-30T19:00:00Z");
        await Scenario.PublishedAsync(admin, programme, "In July", "2026-07-01T17:00:00Z", "2026-07-01T19:00:00Z");
        await public_.GetUntilAsync("/agenda", a => a.Text.Contains("In July", StringComparison.Ordinal));

        var page = (await public_.AskAsync("/agenda?programme=filtered&month=2026-07&audience=members&lang=en")).Expect(200);
        page.Text.ShouldContain(">In July<");
        page.Text.ShouldNotContain(">In June<");
        page.Text.ShouldContain("<option value=\"2026-07\" selected>July 2026</option>");
        page.Text.ShouldContain("href=\"/feeds/programmes/filtered/events.ics?month=2026-07&amp;audience=members&amp;lang=en\"");
        (await public_.AskAsync("/agenda?programme=&month=&audience=&lang=fr")).Expect(200).Text.ShouldContain(">In June<");
        (await public_.AskAsync("/agenda?programme=nobody")).ShouldRefuse(404, "programme-unknown");
        (await public_.AskAsync("/agenda?month=2026-13")).ShouldRefuse(400, "agenda-filter-malformed", "?month malformed");
        (await public_.AskAsync("/agenda?audience=nobody")).ShouldRefuse(400, "agenda-filter-malformed", "?audience unknown");
    }

    [Fact]
    public async Task A_page_that_was_read_is_not_sent_again()
    {
        using var public_ = mila.Anonymous();
        var page = (await public_.AskAsync("/agenda?lang=fr")).Expect(200);
        page.Header("Cache-Control")!.Split(", ").ShouldBe(["public", "max-age=60", "stale-while-revalidate=600", "stale-if-error=86400"], ignoreOrder: true);
        (await public_.AskAsync("/agenda?lang=fr", ("If-None-Match", page.Etag))).Expect(304);
        (await public_.AskAsync("/agenda?lang=en", ("If-None-Match", page.Etag))).Expect(200);
    }

    private static JsonElement LinkedData(Answer page) =>
        JsonDocument.Parse(Regex.Match(page.Text, "<script type=\"application/ld\\+json\">(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["json"].Value).RootElement;

    [GeneratedRegex("<(script|img|iframe)[^>]* src=\"(?<url>[^\"]*)\"|<link rel=\"stylesheet\" href=\"(?<url>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Loaded();
}
