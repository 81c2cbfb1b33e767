using System.Text;
using System.Xml.Linq;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Feeds;
using Mila.Testing.App;

namespace Mila.Events.Tests.Embed;

public sealed class EmbedTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task The_frame_is_a_list_of_links_that_any_site_may_frame()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Framed", startsAt: "2026-04-06T17:00:00Z", endsAt: "2026-04-06T19:00:00Z");
        await Scenario.PublishedAsync(admin, title: "Later", startsAt: "2026-05-06T17:00:00Z", endsAt: "2026-05-06T19:00:00Z");
        var frame = await public_.GetUntilAsync("/embed/agenda", a => a.Text.Contains("Later", StringComparison.Ordinal));
        frame.Header("Content-Security-Policy")!.ShouldContain("frame-ancestors *");
        frame.Header("Set-Cookie").ShouldBeNull();
        frame.Text.ShouldContain($"/agenda/{published["slug"].GetString()}\" target=\"_top\">Framed</a>");

        (await public_.AskAsync("/embed/agenda?limit=1")).Text.ShouldNotContain("Later");
        (await public_.AskAsync($"/embed/agenda?event={published["slug"].GetString()}&lang=en")).Text.ShouldNotContain("Later");
        (await public_.AskAsync("/embed/agenda?limit=101")).ShouldRefuse(400, "agenda-filter-malformed", "?limit out-of-range");
        (await public_.AskAsync("/embed/agenda?event=nothing")).ShouldRefuse(404, "event-unknown");
        (await public_.AskAsync("/embed/agenda?programme=nobody")).ShouldRefuse(404, "programme-unknown");
    }

    [Fact]
    public async Task The_script_is_small_and_writes_no_markup()
    {
        using var public_ = mila.Anonymous();
        var script = (await public_.AskAsync("/embed/agenda.js", ("Origin", "https://site.example"))).Expect(200);
        script.ContentHeaders.ContentType!.MediaType.ShouldBe("text/javascript");
        script.Header("Access-Control-Allow-Origin").ShouldBe("*");
        Encoding.UTF8.GetByteCount(script.Text).ShouldBeLessThanOrEqualTo(15_000);
        foreach (var way in (string[])["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "setAttribute('style", "setAttribute('on"]) script.Text.ShouldNotContain(way);
        (await public_.AskAsync("/embed/agenda-frame.js")).Expect(200);
        (await public_.AskAsync("/embed/agenda.css")).Expect(200).ContentHeaders.ContentType!.MediaType.ShouldBe("text/css");
    }

    [Fact]
    public async Task A_pasted_address_becomes_a_frame()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Pasted & \"co\"", startsAt: "2026-04-06T17:00:00Z", endsAt: "2026-04-06T19:00:00Z");
        var slug = published["slug"].GetString();
        var page = await public_.GetUntilAsync($"/agenda/{slug}", a => a.Status == 200);
        page.Text.ShouldContain("type=\"application/json+oembed\"");

        var url = Uri.EscapeDataString($"{mila.Address}agenda/{slug}");
        var embed = (await public_.AskAsync($"/oembed?url={url}&maxwidth=300")).Expect(200);
        (embed["version"].GetString(), embed["type"].GetString(), embed["title"].GetString(), embed["width"].GetInt32()).ShouldBe(("1.0", "rich", "Pasted & \"co\"", 300));
        embed["html"].GetString()!.ShouldContain($"/embed/agenda?event={slug}\"");
        embed["html"].GetString()!.ShouldContain("title=\"Pasted &amp; &quot;co&quot;\"");
        var xml = XDocument.Parse((await public_.AskAsync($"/oembed?url={url}&format=xml")).Expect(200).Text);
        xml.Root!.Element("title")!.Value.ShouldBe("Pasted & \"co\"");
        (await public_.AskAsync($"/oembed?url={Uri.EscapeDataString($"{mila.Address}agenda?lang=en")}")).Expect(200)["html"].GetString()!.ShouldContain("/embed/agenda?lang=en");
    }

    [Fact]
    public async Task A_pasted_address_keeps_its_whole_filter()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        await Scenario.ProgrammeAsync(admin, "kept");
        await mila.TellAsync(new Mila.Partners.Contracts.PartnerRegistered(Guid.CreateVersion7(), "pasted", "Pasted", "network", Reciprocity: true, 1, mila.Clock.GetUtcNow()));
        await public_.GetUntilAsync("/agenda?partner=pasted", a => a.Status == 200);
        foreach (var (asked, kept) in new[]
        {
            ("?partner=pasted&language=en", "?partner=pasted&amp;lang=en"), ("?partner=mila", "?partner=mila"),
            ("?programme=kept&month=2026-05&audience=public&partner=mila&lang=en", "?programme=kept&amp;month=2026-05&amp;audience=public&amp;partner=mila&amp;lang=en"),
        })
        {
            var html = (await public_.AskAsync($"/oembed?url={Uri.EscapeDataString($"{mila.Address}agenda{asked}")}")).Expect(200)["html"].GetString()!;
            html.ShouldContain($"/embed/agenda{kept}\"");
            html.ShouldContain($"/agenda{kept}\">");
        }

        (await public_.AskAsync($"/oembed?url={Uri.EscapeDataString($"{mila.Address}agenda?partner=nobody")}")).ShouldRefuse(404, "partner-unknown");
    }

    [Fact]
    public async Task The_feeds_that_a_page_offers_have_its_whole_filter()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        await Scenario.ProgrammeAsync(admin, "offered");
        await public_.GetUntilAsync("/agenda?programme=offered", a => a.Status == 200);
        var page = (await public_.AskAsync("/agenda?programme=offered&month=2026-05&audience=public&partner=mila&lang=en")).Expect(200).Text;
        const string feed = "/feeds/programmes/offered/events.ics?month=2026-05&amp;audience=public&amp;partner=mila&amp;lang=en";
        page.ShouldContain($"<link rel=\"alternate\" type=\"text/calendar\" href=\"{feed}\"");
        page.ShouldContain($"<li><a href=\"{feed}\"");
        page.ShouldContain($"{feed}\">Follow in my calendar");
        (await public_.AskAsync("/agenda?month=2026-05")).Expect(200).Text.ShouldContain("href=\"/feeds/events.json?month=2026-05\"");
        (await public_.AskAsync("/agenda?lang=en")).Expect(200).Text.ShouldContain("href=\"/feeds/events.json?lang=en\"");
    }

    [Theory]
    [InlineData("/oembed", 400, "agenda-filter-malformed")]
    [InlineData("/oembed?url=https://elsewhere.example/agenda", 404, "oembed-unknown")]
    [InlineData("/oembed?url=nonsense", 404, "oembed-unknown")]
    [InlineData("/oembed?url={0}v1/events", 404, "oembed-unknown")]
    [InlineData("/oembed?url={0}agenda/nothing", 404, "event-unknown")]
    [InlineData("/oembed?url={0}agenda?programme=nobody", 404, "programme-unknown")]
    [InlineData("/oembed?url={0}agenda&format=yaml", 501, "oembed-format")]
    [InlineData("/oembed?url={0}agenda&maxwidth=0", 400, "agenda-filter-malformed")]
    public async Task What_is_not_ours_is_refused(string path, int status, string code)
    {
        using var public_ = mila.Anonymous();
        (await public_.AskAsync(path.Replace("{0}", mila.Address.ToString(), StringComparison.Ordinal))).ShouldRefuse(status, code);
    }
}
