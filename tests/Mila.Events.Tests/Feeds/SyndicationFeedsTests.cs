using System.ServiceModel.Syndication;
using System.Xml;
using System.Xml.Linq;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

public sealed class SyndicationFeedsTests(TestMila mila) : IClassFixture<TestMila>
{
    private const string Nasty = "<b>Évènement</b> & \"co\" ]]> 🎷 \u0007=1+1";

    [Theory]
    [InlineData("atom", "application/atom+xml; charset=utf-8")]
    [InlineData("rss", "application/rss+xml; charset=utf-8")]
    public async Task Readers_take_it_and_find_themselves_again(string ending, string contentType)
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: Nasty, startsAt: "2026-04-06T17:00:00Z", endsAt: "2026-04-06T19:00:00Z");
        var inMonth = await Scenario.PublishedAsync(admin, title: "Some day in March");
        var answer = await public_.GetUntilAsync($"/feeds/events.{ending}", a => a.Text.Contains(inMonth.Id(), StringComparison.Ordinal));

        answer.ContentHeaders.ContentType!.ToString().ShouldBe(contentType);
        using var xml = XmlReader.Create(new StringReader(answer.Text));
        var feed = SyndicationFeed.Load(xml);
        feed.Title.Text.ShouldBe("MILA");
        var item = feed.Items.Single(i => i.Id == $"urn:uuid:{published.Id()}");
        item.Title.Text.ShouldBe("<b>Évènement</b> & \"co\" ]]> 🎷 =1+1");
        item.Links.Single().Uri.AbsolutePath.ShouldBe($"/agenda/{published["slug"].GetString()}");
        var content = ending == "atom" ? ((TextSyndicationContent)item.Content).Text : item.Summary.Text;
        content.ShouldContain("lundi 6 avril 2026, 19h00 – 21h00");
        if (ending == "rss") XDocument.Parse(answer.Text).Descendants().Where(d => d.Name.LocalName is "pubDate" or "lastBuildDate").Select(d => d.Value).ShouldAllBe(d => d.EndsWith(" +0100") || d.EndsWith(" +0200"));
        feed.Items.Select(i => i.Id).ShouldContain($"urn:uuid:{inMonth.Id()}");

        XNamespace atom = "http://www.w3.org/2005/Atom";
        var self = XDocument.Parse(answer.Text).Descendants(atom + "link").First(l => l.Attribute("rel")?.Value == "self");
        new Uri(self.Attribute("href")!.Value).AbsolutePath.ShouldBe($"/feeds/events.{ending}");
    }

    [Fact]
    public async Task A_programme_has_its_own_under_its_own_name_and_in_both_languages()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin, "club-mila");
        var published = await Scenario.PublishedAsync(admin, programme, "Vidéo", "2026-04-06T17:00:00Z", "2026-04-06T19:00:00Z");
        (await admin.AmendAsync(published.Path(), new { title = new { en = "Film" } }, published.Etag)).Expect(200);

        foreach (var ending in (string[])["json", "ics", "atom", "rss", "csv"])
        {
            (await public_.GetUntilAsync($"/feeds/programmes/club-mila/events.{ending}?lang=en", a => a.Text.Contains("Film", StringComparison.Ordinal))).Expect(200);
            (await public_.AskAsync($"/feeds/programmes/club-mila/events.{ending}")).Expect(200).Text.ShouldContain("Vidéo");
        }
    }
}
