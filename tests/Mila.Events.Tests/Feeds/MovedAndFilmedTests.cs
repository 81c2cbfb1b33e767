using System.Text.Json;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

public sealed class MovedAndFilmedTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_move_says_when_it_was_to_be()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Moves", startsAt: "2026-05-04T17:00:00Z", endsAt: "2026-05-04T19:00:00Z");
        var moved = (await admin.AmendAsync(published.Path(), new { startsAt = "2026-05-05T17:00:00Z", endsAt = "2026-05-05T19:00:00Z" }, published.Etag)).Expect(200);
        moved["previousStartsAt"].GetString().ShouldBe("2026-05-04T17:00:00Z");

        var ours = await OursAsync(public_, published, m => m.GetProperty("sequence").GetInt32() == 1);
        ours.GetProperty("previousStartDate").GetString().ShouldBe("2026-05-04T17:00:00Z");
        (await public_.AskAsync($"/agenda/{published["slug"].GetString()}")).Text.ShouldContain("La date précédente était le 4 mai 2026 à 19h00.");

        // Moved again, it is the date between that people know.
        (await admin.AmendAsync(published.Path(), new { startsAt = "2026-05-06T17:00:00Z", endsAt = "2026-05-06T19:00:00Z" }, moved.Etag)).Expect(200);
        await OursAsync(public_, published, m => m.GetProperty("sequence").GetInt32() == 2);
        (await public_.AskAsync($"/agenda/{published["slug"].GetString()}?lang=en")).Text.ShouldContain("The previous date was 5 May 2026 at 19:00.");
    }

    [Fact]
    public async Task Another_end_is_no_move_from_a_day_to_the_same()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Longer", startsAt: "2026-05-04T17:00:00Z", endsAt: "2026-05-04T19:00:00Z");
        (await admin.AmendAsync(published.Path(), new { endsAt = "2026-05-04T20:00:00Z" }, published.Etag)).Expect(200)["previousStartsAt"].ValueKind.ShouldBe(JsonValueKind.Null);
        (await OursAsync(public_, published, m => m.GetProperty("sequence").GetInt32() == 1)).GetProperty("previousStartDate").ValueKind.ShouldBe(JsonValueKind.Null);
        var page = (await public_.AskAsync($"/agenda/{published["slug"].GetString()}")).Expect(200).Text;
        page.ShouldNotContain("Déplacé");
        page.ShouldNotContain("EventRescheduled");
    }

    [Fact]
    public async Task The_day_of_a_month_only_event_is_no_move_of_a_day()
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin, title: "Some day");
        var confirmed = (await admin.AmendAsync(published.Path(), new { startsAt = "2026-03-25T17:00:00Z", endsAt = "2026-03-25T19:00:00Z" }, published.Etag)).Expect(200);
        confirmed["previousStartsAt"].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_recording_is_shown_while_everybody_in_it_agrees()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        const string recording = "https://video.example/club-mila";
        var held = await HeldAsync(admin, mayBeFilmed: true);
        var linked = (await admin.TellAsync($"{held.Path()}/replay", new { url = recording })).Expect(200);
        linked["replayUrl"].GetString().ShouldBe(recording);

        var page = $"/agenda/{held["slug"].GetString()}";
        (await OursAsync(public_, held, m => m.GetProperty("replayUrl").GetString() == recording)).GetProperty("speakers")[0].EnumerateObject().Select(p => p.Name).ShouldBe(["name", "role", "organisation"]);
        (await public_.AskAsync(page)).Text.ShouldContain(recording);
        foreach (var feed in (string[])["/feeds/events.json", "/feeds/events.ics", "/feeds/events.atom", "/feeds/events.rss"]) (await public_.AskAsync(feed)).Text.Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain(recording);

        // A wrong one is taken down without anybody's consent being touched.
        (await admin.CallAsync("DELETE", $"{held.Path()}/replay", null, ("If-Match", held.Etag))).ShouldRefuse(412, "stale");
        var without = (await admin.CallAsync("DELETE", $"{held.Path()}/replay", null, ("If-Match", linked.Etag))).Expect(200);
        (without["replayUrl"].ValueKind, without["speakers"][0].GetProperty("mayBeFilmed").GetBoolean()).ShouldBe((JsonValueKind.Null, true));
        await OursAsync(public_, held, m => m.GetProperty("replayUrl").ValueKind == JsonValueKind.Null);
        (await admin.CallAsync("DELETE", $"{held.Path()}/replay", null, ("If-Match", without.Etag))).ShouldRefuse(409, "event-without-replay");
        linked = (await admin.TellAsync($"{held.Path()}/replay", new { url = recording })).Expect(200);

        (await admin.AmendAsync(held.Path(), new { speakers = new[] { new { name = "Ada", mayBeFilmed = true }, new { name = "Bo", mayBeFilmed = false } } }, linked.Etag)).Expect(200)["replayUrl"].ValueKind.ShouldBe(JsonValueKind.Null);
        await OursAsync(public_, held, m => m.GetProperty("replayUrl").ValueKind == JsonValueKind.Null);
        foreach (var place in (string[])[page, "/agenda", "/embed/agenda", "/feeds/events.json", "/feeds/events.ics", "/feeds/events.atom", "/feeds/events.rss", "/feeds/events.csv", "/feeds/openagenda/events.v2.json"])
        {
            (await public_.AskAsync(place)).Expect(200).Text.ShouldNotContain(recording);
        }
    }

    [Fact]
    public async Task A_consent_withdrawn_takes_the_recording_down_for_good_and_tells_those_who_follow()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        const string recording = "https://video.example/withdrawn";
        var held = await HeldAsync(admin, mayBeFilmed: true);
        held["speakers"][0].GetProperty("consentedAt").GetDateTimeOffset().ShouldBe(mila.Clock.GetUtcNow());
        var linked = (await admin.TellAsync($"{held.Path()}/replay", new { url = recording })).Expect(200);
        var page = $"/agenda/{held["slug"].GetString()}";
        (await public_.GetUntilAsync(page, a => a.Text.Contains(recording, StringComparison.Ordinal))).Text.ShouldContain("VideoObject");

        mila.Clock.Advance(TimeSpan.FromDays(3));
        var withdrawn = (await admin.AmendAsync(held.Path(), new { speakers = new[] { new { name = "Ada", mayBeFilmed = true }, new { name = "Bo", mayBeFilmed = false } } }, linked.Etag)).Expect(200);
        withdrawn["speakers"][1].GetProperty("withdrawnAt").GetDateTimeOffset().ShouldBe(mila.Clock.GetUtcNow());
        withdrawn["speakers"][1].GetProperty("consentedAt").GetDateTimeOffset().ShouldBe(mila.Clock.GetUtcNow().AddDays(-3));
        withdrawn["speakers"][0].GetProperty("withdrawnAt").ValueKind.ShouldBe(JsonValueKind.Null);
        await public_.GetUntilAsync(page, a => !a.Text.Contains(recording, StringComparison.Ordinal) && !a.Text.Contains("VideoObject", StringComparison.Ordinal));
        (await mila.PublishedAsync("Events.EventChanged")).Of(held).Last().GetProperty("fields").EnumerateArray().Select(f => f.GetString()).ShouldBe(["speakers", "replayUrl"]);

        // Nobody brings it back by a list without the one who said no, nor by one without anybody, nor by a new consent alone.
        (await admin.AmendAsync(held.Path(), new { speakers = new[] { new { name = "Ada", mayBeFilmed = true } } }, withdrawn.Etag)).ShouldRefuse(409, "event-speakers-stand");
        (await admin.AmendAsync(held.Path(), new { speakers = Array.Empty<object>() }, withdrawn.Etag)).ShouldRefuse(409, "event-speakers-stand");
        (await admin.TellAsync($"{held.Path()}/replay", new { url = recording })).ShouldRefuse(409, "replay-without-consent");
        var again = (await admin.AmendAsync(held.Path(), new { speakers = new[] { new { name = "Ada", mayBeFilmed = true }, new { name = "Bo", mayBeFilmed = true } } }, withdrawn.Etag)).Expect(200);
        again["replayUrl"].ValueKind.ShouldBe(JsonValueKind.Null);
        (await admin.TellAsync($"{held.Path()}/replay", new { url = recording })).Expect(200)["replayUrl"].GetString().ShouldBe(recording);

        // What was sent cannot be taken back, so it was never sent.
        await mila.DrainAsync();
        var told = (await admin.GetUntilAsync("/v1/changes?limit=250", a => a.Text.Contains(held.Id(), StringComparison.Ordinal))).Text;
        told.ShouldContain(held.Id());
        told.ShouldNotContain(recording);
        (await admin.AskAsync("/v1/webhook-messages?limit=250")).Expect(200).Text.ShouldNotContain(recording);
        (await mila.SqlAsync($"select count(*) from partners.webhook_messages where position('{recording}' in convert_from(coalesce(full_body, body), 'UTF8')) > 0")).ShouldBe(0L);
    }

    [Fact]
    public async Task Another_place_counts_in_calendars_as_another_time_does()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var published = await Scenario.PublishedAsync(admin, title: "Elsewhere", startsAt: "2026-05-04T17:00:00Z", endsAt: "2026-05-04T19:00:00Z");
        (await admin.AmendAsync(published.Path(), new { venue = new { mode = "onSite", name = "104factory" } }, published.Etag)).Expect(200);
        (await OursAsync(public_, published, m => m.GetProperty("sequence").GetInt32() == 1)).GetProperty("previousStartDate").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_recording_needs_an_event_that_was_held_and_everybodys_consent()
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin, title: "To come", startsAt: "2026-05-04T17:00:00Z", endsAt: "2026-05-04T19:00:00Z");
        (await admin.TellAsync($"{published.Path()}/replay", new { url = "https://video.example/x" })).ShouldRefuse(409, "event-not-held");
        var held = await HeldAsync(admin, mayBeFilmed: false);
        (await admin.TellAsync($"{held.Path()}/replay", new { url = "https://video.example/x" })).ShouldRefuse(409, "replay-without-consent");
        (await admin.TellAsync($"{held.Path()}/replay", new { url = "http://video.example/x" })).ShouldRefuse(422, "request-invalid", "/url wrong-format");
        (await admin.TellAsync("/v1/events/0194f0c0-0000-7000-8000-000000000000/replay", new { url = "https://video.example/x" })).ShouldRefuse(404, "event-unknown");
        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.TellAsync($"{held.Path()}/replay", new { url = "https://video.example/x" })).ShouldRefuse(403, "scope-missing");
        (await mila.PublishedAsync("Events.EventChanged")).Of(held).ShouldBeEmpty();
    }

    private static async Task<Answer> HeldAsync(HttpClient admin, bool mayBeFilmed)
    {
        var planned = (await admin.TellAsync("/v1/events", new
        {
            programme = await Scenario.ProgrammeAsync(admin),
            title = new { fr = "Filmé" },
            startsAt = "2026-03-09T17:00:00Z",
            endsAt = "2026-03-09T17:30:00Z",
            speakers = new[] { new { name = "Ada", mayBeFilmed = true }, new { name = "Bo", mayBeFilmed } },
        })).Expect(201);
        (await admin.TellAsync($"{planned.Path()}/publication", null)).Expect(200);
        return (await admin.TellAsync($"{planned.Path()}/holding", null)).Expect(200);
    }

    private static async Task<JsonElement> OursAsync(HttpClient public_, Answer @event, Func<JsonElement, bool> wanted)
    {
        var feed = await public_.GetUntilAsync("/feeds/events.json", a => Ours(a, @event) is { } ours && wanted(ours));
        return Ours(feed, @event)!.Value;
    }

    private static JsonElement? Ours(Answer feed, Answer @event) =>
        feed["items"].EnumerateArray().Where(i => i.GetProperty("id").GetString() == $"urn:uuid:{@event.Id()}").Select(i => (JsonElement?)i.GetProperty("_mila")).SingleOrDefault();
}
