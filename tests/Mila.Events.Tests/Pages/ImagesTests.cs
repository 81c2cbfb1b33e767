using System.Xml.Linq;
using Mila.Events.Feeds;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Feeds;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Events.Tests.Pages;

/// <summary>A host that is told which site is the house's own.</summary>
public sealed class IllustratedMila(TestPostgres postgres) : TestMila(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("Agenda:ImageOrigins", "https://www.mila.example, https://img.mila.example:8443/")];
}

/// <summary>The picture of an event, wherever it is shown.</summary>
public sealed class ImagesTests(IllustratedMila mila) : IClassFixture<IllustratedMila>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";

    [Fact]
    public async Task A_picture_of_the_house_stands_on_the_page_in_a_place_of_its_size()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var slug = await IllustratedAsync(admin, "Affiche", new { url = "https://www.mila.example/affiche.png", alt = new { fr = "Un piano & \"deux\" voix", en = "A piano and two voices" }, width = 800, height = 600 });

        var page = await public_.GetUntilAsync($"/agenda/{slug}", a => a.Text.Contains("affiche.png", StringComparison.Ordinal));
        page.Text.ShouldContain("<img src=\"https://www.mila.example/affiche.png\" alt=\"Un piano &amp; &quot;deux&quot; voix\" width=\"800\" height=\"600\" loading=\"lazy\" decoding=\"async\">");
        page.Header("Content-Security-Policy")!.ShouldContain("img-src 'self' data: https://www.mila.example;");
        page.Text.ShouldContain("<meta property=\"og:image\" content=\"https://www.mila.example/affiche.png\">");
        page.Text.ShouldContain("<meta property=\"og:image:width\" content=\"800\">");
        (await public_.AskAsync($"/agenda/{slug}?lang=en")).Text.ShouldContain("alt=\"A piano and two voices\" width");
        (await public_.AskAsync("/agenda")).Header("Content-Security-Policy")!.ShouldContain("img-src 'self' data:;", Case.Sensitive, "Nothing of another site is loaded there.");

        var other = await IllustratedAsync(admin, "Sans mesure", new { url = "https://img.mila.example:8443/a", alt = new { fr = "Une scène" } });
        (await public_.GetUntilAsync($"/agenda/{other}?lang=en", a => a.Status == 200)).Text.ShouldContain("alt=\"Une scène\" lang=\"fr\" class=\"framed\" loading=\"lazy\"");
    }

    [Fact]
    public async Task Of_any_other_site_a_page_loads_nothing_and_shows_the_way()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        foreach (var url in (string[])["https://elsewhere.example/a.jpg", "https://www.mila.example.evil.example/a.jpg", "https://www.mila.example:444/a.jpg"])
        {
            var slug = await IllustratedAsync(admin, "Ailleurs", new { url, alt = new { fr = "Une foule" } });
            var page = await public_.GetUntilAsync($"/agenda/{slug}", a => a.Status == 200);
            page.Text.ShouldNotContain("<img");
            page.Text.ShouldContain($"<p class=\"picture\"><a href=\"{url}\" rel=\"noopener noreferrer\">");
            page.Text.ShouldContain("Voir l'image</a> : <span");
            (await public_.AskAsync($"/agenda/{slug}?lang=en")).Text.ShouldContain("See the picture</a>: <span");
            page.Header("Content-Security-Policy")!.ShouldContain("img-src 'self' data:;");
        }
    }

    [Fact]
    public async Task Feeds_carry_it_each_in_its_own_words()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        const string url = "https://elsewhere.example/img/concert.jpg?v=2";
        var slug = await IllustratedAsync(admin, "Illustré", new { url, alt = new { fr = "Un concert" }, width = 300, height = 200 });
        var item = (await public_.GetUntilAsync("/feeds/events.json", a => a.Text.Contains(slug, StringComparison.Ordinal)))["items"].EnumerateArray().Single(i => i.GetProperty("_mila").GetProperty("slug").GetString() == slug);
        (item.GetProperty("image").GetString(), item.GetProperty("_mila").GetProperty("image").GetProperty("alt").GetProperty("fr").GetString()).ShouldBe((url, "Un concert"));

        var rss = XDocument.Parse((await public_.AskAsync("/feeds/events.rss")).Text).Descendants(Media + "content").Single(c => c.Attribute("url")!.Value == url);
        (rss.Attribute("medium")!.Value, rss.Attribute("width")!.Value, rss.Element(Media + "description")!.Value).ShouldBe(("image", "300", "Un concert"));
        var atom = XDocument.Parse((await public_.AskAsync("/feeds/events.atom")).Text).Descendants(Atom + "link").Single(l => l.Attribute("href")!.Value == url);
        (atom.Attribute("rel")!.Value, atom.Attribute("type")!.Value, atom.Attribute("length")).ShouldBe(("enclosure", "image/jpeg", null));
        (await public_.AskAsync("/feeds/events.ics")).Text.Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain($"IMAGE;VALUE=URI:{url}");

        var picture = (await public_.AskAsync("/feeds/openagenda/events.v2.json"))["events"].EnumerateArray().Single(e => e.GetProperty("slug").GetString() == slug).GetProperty("image");
        (picture.GetProperty("base").GetString(), picture.GetProperty("filename").GetString(), picture.GetProperty("size").GetProperty("height").GetInt32()).ShouldBe(("https://elsewhere.example/img/", "concert.jpg?v=2", 200));

        var oembed = $"/oembed?url={Uri.EscapeDataString($"{mila.Address}agenda/{slug}")}";
        var embed = (await public_.AskAsync(oembed)).Expect(200);
        (embed["thumbnail_url"].GetString(), embed["thumbnail_width"].GetInt32(), embed["thumbnail_height"].GetInt32()).ShouldBe((url, 300, 200));
        (await public_.AskAsync($"{oembed}&maxwidth=299")).Expect(200).Text.ShouldNotContain("thumbnail");
        XDocument.Parse((await public_.AskAsync($"{oembed}&format=xml")).Expect(200).Text).Root!.Element("thumbnail_url")!.Value.ShouldBe(url);
    }

    [Theory]
    [InlineData("""{"url":"http://www.mila.example/a.png","alt":{"fr":"x"}}""", "/image/url wrong-format")]
    [InlineData("""{"url":"https://www.mila.example/a.png","alt":{"fr":""}}""", "/image/alt/fr required")]
    [InlineData("""{"url":"https://www.mila.example/a.png","alt":{"fr":"x"},"width":800}""", "/image/height required")]
    [InlineData("""{"url":"https://www.mila.example/a.png","alt":{"fr":"x"},"width":0,"height":1}""", "/image/width out-of-range")]
    public async Task A_picture_has_an_https_address_and_words_for_those_who_do_not_see_it(string image, string fault)
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin);
        (await admin.TellAsync("/v1/events", new { programme, title = new { fr = "x" }, image = System.Text.Json.JsonDocument.Parse(image).RootElement })).ShouldRefuse(422, "request-invalid", fault);
    }

    [Theory]
    [InlineData("http://www.mila.example")]
    [InlineData("https://www.mila.example/images")]
    [InlineData("https://a.example; script-src *")]
    [InlineData("*")]
    public void The_operator_names_https_sites_alone(string setting)
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationBuilder();
        Microsoft.Extensions.Configuration.MemoryConfigurationBuilderExtensions.AddInMemoryCollection(configuration, [new("Agenda:ImageOrigins", setting)]);
        Should.Throw<Mila.BuildingBlocks.Hosting.SettingException>(() => AgendaSettings.From(configuration.Build()));
    }

    private static async Task<string> IllustratedAsync(HttpClient admin, string title, object image)
    {
        var planned = (await admin.TellAsync("/v1/events", new { programme = await Scenario.ProgrammeAsync(admin), title = new { fr = title }, startsAt = "2026-04-06T17:00:00Z", endsAt = "2026-04-06T19:00:00Z", image })).Expect(201);
        return (await admin.TellAsync($"{planned.Path()}/publication", null)).Expect(200)["slug"].GetString()!;
    }
}
