using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

public sealed class CsvFeedTests(TestMila mila) : IClassFixture<TestMila>
{
    [Theory]
    [InlineData("=HYPERLINK(\"https://evil.example\")", "\"'=HYPERLINK(\"\"https://evil.example\"\")\"")]
    [InlineData("+33 1", "\"'+33 1\"")]
    [InlineData("-2 places", "\"'-2 places\"")]
    [InlineData("@mila", "\"'@mila\"")]
    [InlineData("One, two", "\"One, two\"")]
    [InlineData("Deux\r\nlignes", "Deux lignes")]
    public async Task No_cell_is_a_formula(string title, string cell)
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: title, startsAt: "2026-04-06T17:00:00Z", endsAt: "2026-04-06T19:00:00Z");

        var feed = await public_.GetUntilAsync("/feeds/events.csv", a => a.Text.Contains(published.Id(), StringComparison.Ordinal));
        feed.ContentHeaders.ContentType!.MediaType.ShouldBe("text/csv");
        var lines = feed.Text.Split("\r\n");
        lines[0].ShouldBe("id,slug,url,programme,title,status,month,startsAt,endsAt,timeZone,mode,venue,address,onlineUrl,audience,tags,summary,updatedAt,partner");
        lines.Single(l => l.StartsWith(published.Id(), StringComparison.Ordinal)).ShouldContain($",{cell},published,,2026-04-06T17:00:00Z,2026-04-06T19:00:00Z,Europe/Paris,");
    }
}
