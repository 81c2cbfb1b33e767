using System.Text;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

public sealed class CalendarFeedTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task It_is_a_calendar_in_UTC_with_lines_that_every_reader_takes()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin, "club-mila");
        var title = "Évènement; très, long " + string.Concat(Enumerable.Repeat("é", 80));
        var inMonth = await Scenario.PublishedAsync(admin, programme, "In a month");
        var published = await Scenario.PublishedAsync(admin, programme, title, "2026-04-06T17:00:00Z", "2026-04-06T19:00:00Z");
        var feed = await public_.GetUntilAsync("/feeds/events.ics", a => a.Text.Contains(published.Id(), StringComparison.Ordinal));

        feed.ContentHeaders.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");
        feed.Text.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain("\n");
        feed.Text.Split("\r\n").ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        var lines = feed.Text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
        lines.ShouldContain("BEGIN:VCALENDAR");
        lines.ShouldContain("VERSION:2.0");
        lines.ShouldContain("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        lines.ShouldContain("NAME:MILA");
        feed.Text.ShouldNotContain(inMonth.Id(), Case.Sensitive, "A calendar has no word for some day of a month.");
        lines.ShouldContain("DTSTART:20260406T170000Z");
        lines.ShouldContain("DTEND:20260406T190000Z");
        lines.ShouldContain("DTSTAMP:20260309T180000Z");
        lines.ShouldContain("LAST-MODIFIED:20260309T180000Z");
        lines.ShouldContain($"UID:{published.Id()}@mila");
        lines.ShouldContain("SEQUENCE:0");
        lines.ShouldContain("STATUS:CONFIRMED");
        lines.ShouldContain($"SUMMARY:{title.Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)}");
    }

    [Fact]
    public async Task A_move_keeps_the_identity_and_raises_the_sequence()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Moves", startsAt: "2026-05-04T17:00:00Z", endsAt: "2026-05-04T19:00:00Z");
        (await admin.AmendAsync(published.Path(), new { startsAt = "2026-05-05T17:00:00Z", endsAt = "2026-05-05T19:00:00Z" }, published.Etag)).Expect(200);

        var feed = await public_.GetUntilAsync("/feeds/events.ics", a => a.Text.Contains("DTSTART:20260505T170000Z", StringComparison.Ordinal));
        var block = feed.Text.Split("BEGIN:VEVENT").Single(b => b.Contains(published.Id(), StringComparison.Ordinal));
        block.ShouldContain("SEQUENCE:1");
        feed.Text.ShouldNotContain("20260504T170000Z");
    }
}
