using System.Text.Json;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

public sealed class SeveralDaysTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_stand_of_three_days_lasts_three_days_on_every_surface()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Stand MaMA", startsAt: "2026-10-23T10:00", endsAt: "2026-10-25T18:00");
        var (slug, programme) = (published["slug"].GetString()!, published["programme"].GetString());
        async Task<Answer> SeeAsync(string path) => await public_.GetUntilAsync(path, a => a.Status == 200 && a.Text.Contains(slug, StringComparison.Ordinal));

        (await SeeAsync($"/agenda/{slug}")).Text.ShouldContain("vendredi 23 octobre 2026, 10h00 – dimanche 25 octobre 2026, 18h00");
        (await SeeAsync($"/agenda/{slug}?lang=en")).Text.ShouldContain("Friday 23 October 2026, 10:00 – Sunday 25 October 2026, 18:00");
        (await SeeAsync($"/agenda/{slug}")).Text.ShouldContain("\"endDate\":\"2026-10-25T18:00:00\\u002B01:00\"");
        foreach (var list in (string[])["/agenda", "/embed/agenda", "/feeds/events.atom", "/feeds/events.rss"]) (await SeeAsync(list)).Text.ShouldContain("dimanche 25 octobre 2026, 18h00");
        var ics = (await SeeAsync("/feeds/events.ics")).Text;
        (ics.Contains("DTSTART:20261023T080000Z", StringComparison.Ordinal), ics.Contains("DTEND:20261025T170000Z", StringComparison.Ordinal)).ShouldBe((true, true));
        (await SeeAsync("/feeds/events.csv")).Text.ShouldContain("2026-10-23T08:00:00Z,2026-10-25T17:00:00Z");
        (await SeeAsync($"/feeds/programmes/{programme}/events.json"))["items"][0].GetProperty("_mila").GetProperty("endsAt").GetString().ShouldBe("2026-10-25T17:00:00Z");
        (await SeeAsync($"/wp-json/tribe/events/v1/events?categories={programme}"))["events"][0].GetProperty("end_date").GetString().ShouldBe("2026-10-25 18:00:00");
        (await SeeAsync($"/wp-json/tribe/events/v1/events?categories={programme}&start_date=2026-10-25&end_date=2026-10-25"))["total"].GetInt32().ShouldBe(1, "Its last day is a day of it.");
        (await SeeAsync($"/feeds/openagenda/events.v2.json?programme={programme}"))["events"][0].GetProperty("lastTiming").GetProperty("end").GetString().ShouldBe("2026-10-25T18:00:00+01:00");
    }

    [Fact]
    public async Task The_longest_event_is_found_in_each_of_the_three_months_that_it_touches()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Exposition", startsAt: "2027-01-31T10:00", endsAt: "2027-03-02T18:00");
        var slug = published["slug"].GetString()!;
        foreach (var month in (string[])["2027-01", "2027-02", "2027-03"]) await public_.GetUntilAsync($"/feeds/events.ics?month={month}", a => a.Text.Contains(slug, StringComparison.Ordinal));
        (await public_.AskAsync("/feeds/events.ics?month=2027-04")).Text.ShouldNotContain(slug);
    }

    [Fact]
    public async Task Those_who_registered_are_written_both_days()
    {
        using var admin = mila.Admin();
        var published = (await admin.TellAsync("/v1/events", new { programme = await Scenario.ProgrammeAsync(admin), title = new { fr = "Salon" }, startsAt = "2026-10-23T10:00", endsAt = "2026-10-25T18:00", audience = "public" })).Expect(201);
        (await admin.TellAsync($"{published.Path()}/publication", null)).Expect(200);
        (await admin.TellAsync($"{published.Path()}/registrations", new { name = "Ada", email = "trois-jours@example.org" })).Expect(201);
        await mila.DrainAsync();
        var mails = (await admin.AskAsync("/v1/mails")).Expect(200)["items"].EnumerateArray().ToArray();
        mails.ShouldNotBeEmpty();
        var mail = (await admin.AskAsync($"/v1/mails/{mails[0].GetProperty("id").GetString()}")).Expect(200).Text;
        JsonDocument.Parse(mail).RootElement.GetProperty("text").GetString()!.ShouldContain("vendredi 23 octobre 2026, 10h00 – dimanche 25 octobre 2026, 18h00");
    }
}
