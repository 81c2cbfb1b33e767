using Mila.Events.Importers;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Feeds;
using Mila.Events.Tests.PartnerEvents;
using Mila.Testing.App;

namespace Mila.Events.Tests.Importers;

public sealed class ImportersTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task OpenAgenda_readers_find_their_words()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        await Scenario.PublishedAsync(admin, title: "Some day");
        var published = await Scenario.PublishedAsync(admin, title: "Lu ailleurs", startsAt: "2026-10-24T17:00:00Z", endsAt: "2026-10-25T19:00:00Z");
        var answer = await public_.GetUntilAsync("/feeds/openagenda/events.v2.json", a => a.Text.Contains("Lu ailleurs", StringComparison.Ordinal));
        var found = answer["events"].EnumerateArray().Single(e => e.GetProperty("slug").GetString() == published["slug"].GetString());
        answer.Text.ShouldNotContain("Some day");
        answer["total"].GetInt32().ShouldBe(answer["events"].GetArrayLength());
        found.GetProperty("uid").GetInt64().ShouldBeInRange(1, (1L << 53) - 1);
        found.GetProperty("title").GetProperty("fr").GetString().ShouldBe("Lu ailleurs");
        found.GetProperty("timings")[0].GetProperty("begin").GetString().ShouldBe("2026-10-24T19:00:00+02:00");
        found.GetProperty("timings")[0].GetProperty("end").GetString().ShouldBe("2026-10-25T20:00:00+01:00");
        (found.GetProperty("status").GetInt32(), found.GetProperty("attendanceMode").GetInt32(), found.GetProperty("state").GetInt32()).ShouldBe((1, 1, 2));
    }

    [Fact]
    public async Task The_Events_Calendar_is_read_page_by_page()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin, "paged");
        for (var day = 1; day <= 3; day++) await Scenario.PublishedAsync(admin, programme, $"Day {day}", $"2026-10-2{day}T17:00:00Z", $"2026-10-2{day}T19:00:00Z");
        await public_.GetUntilAsync("/feeds/events.csv", a => a.Text.Contains("Day 3", StringComparison.Ordinal));

        var first = (await public_.AskAsync("/wp-json/tribe/events/v1/events?per_page=2&categories=paged")).Expect(200);
        (first["total"].GetInt32(), first["total_pages"].GetInt32(), first.Header("X-TEC-Total"), first.Header("X-TEC-TotalPages")).ShouldBe((3, 2, "3", "2"));
        var e = first["events"][0];
        (e.GetProperty("title").GetString(), e.GetProperty("start_date").GetString(), e.GetProperty("utc_start_date").GetString(), e.GetProperty("timezone").GetString()).ShouldBe(("Day 1", "2026-10-21 19:00:00", "2026-10-21 17:00:00", "Europe/Paris"));
        e.GetProperty("start_date_details").GetProperty("hour").GetString().ShouldBe("19");
        e.GetProperty("image").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.False);
        e.GetProperty("venue").GetArrayLength().ShouldBe(0, "Nobody has said where.");

        var alone = (await public_.AskAsync(new Uri(e.GetProperty("rest_url").GetString()!).PathAndQuery)).Expect(200);
        alone.Text.ShouldBe(e.GetRawText(), "The address that the list names answers the same.");
        (await public_.AskAsync("/wp-json/tribe/events/v1/events/1")).ShouldRefuse(404, "event-unknown");

        var next = new Uri(first["next_rest_url"].GetString()!);
        var second = (await public_.AskAsync(next.PathAndQuery)).Expect(200);
        second["events"].EnumerateArray().Select(x => x.GetProperty("title").GetString()).ShouldBe(["Day 3"]);
        second.Json.TryGetProperty("next_rest_url", out _).ShouldBeFalse();
        (await public_.AskAsync("/wp-json/tribe/events/v1/events?start_date=2026-10-22%2000:00:00&end_date=2026-10-22&categories=paged"))["events"].GetArrayLength().ShouldBe(1);
        (await public_.AskAsync("/wp-json/tribe/events/v1/events?start_date=soon")).ShouldRefuse(400, "agenda-filter-malformed", "?start_date malformed");
        (await public_.AskAsync("/wp-json/tribe/events/v1/events?per_page=51")).ShouldRefuse(400, "agenda-filter-malformed", "?per_page out-of-range");
        (await public_.AskAsync("/agenda")).Header("X-TEC-API-ROOT")!.ShouldEndWith("/wp-json/tribe/events/v1/");
    }

    [Fact]
    public async Task The_Events_Calendar_begins_today_unless_somebody_says_when()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var programme = await Scenario.ProgrammeAsync(admin, "begins");
        await Scenario.PublishedAsync(admin, programme, "Yesterday", "2026-03-08T17:00:00Z", "2026-03-08T19:00:00Z");
        await Scenario.PublishedAsync(admin, programme, "This morning", "2026-03-09T07:00:00Z", "2026-03-09T08:00:00Z");
        await Scenario.PublishedAsync(admin, programme, "Tomorrow", "2026-03-10T17:00:00Z", "2026-03-10T19:00:00Z");
        await public_.GetUntilAsync("/feeds/events.csv", a => a.Text.Contains("Tomorrow", StringComparison.Ordinal));

        var first = (await public_.AskAsync("/wp-json/tribe/events/v1/events?per_page=1&categories=begins")).Expect(200);
        (first["total"].GetInt32(), first["events"][0].GetProperty("title").GetString()).ShouldBe((2, "This morning"));
        first["next_rest_url"].GetString()!.ShouldContain("start_date=2026-03-09");
        (await public_.AskAsync("/wp-json/tribe/events/v1/events?categories=begins&start_date=2026-03-08"))["total"].GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Its_categories_are_a_list()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        foreach (var code in (string[])["one", "two", "three"]) await Scenario.PublishedAsync(admin, await Scenario.ProgrammeAsync(admin, code), $"Of {code}", "2026-10-20T17:00:00Z", "2026-10-20T19:00:00Z");
        await public_.GetUntilAsync("/feeds/events.csv", a => a.Text.Contains("Of three", StringComparison.Ordinal));

        var both = (await public_.AskAsync("/wp-json/tribe/events/v1/events?categories=two,%20one,two&per_page=1")).Expect(200);
        both["total"].GetInt32().ShouldBe(2);
        var next = (await public_.AskAsync(new Uri(both["next_rest_url"].GetString()!).PathAndQuery)).Expect(200);
        new[] { both, next }.Select(a => a["events"][0].GetProperty("title").GetString()).ShouldBe(["Of one", "Of two"], ignoreOrder: true);
        (await public_.AskAsync("/wp-json/tribe/events/v1/events?categories=one,nobody")).ShouldRefuse(404, "programme-unknown");
    }

    [Fact]
    public async Task A_partners_event_is_not_there_by_its_number_either()
    {
        using var public_ = mila.Anonymous();
        var pushed = await PartnerEventsInTheAgendaTests.PushAsync(mila, await PartnerEventsInTheAgendaTests.NetworkAsync(mila, "numbered", "Numbered"), "Theirs");
        await public_.GetUntilAsync("/feeds/events.csv", a => a.Text.Contains("Theirs", StringComparison.Ordinal));
        (await public_.AskAsync($"/wp-json/tribe/events/v1/events/{OpenAgendaForm.NumberOf(pushed)}")).ShouldRefuse(404, "event-unknown");
    }
}
