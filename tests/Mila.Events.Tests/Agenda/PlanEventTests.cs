using System.Text.Json.Nodes;
using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

public sealed class PlanEventTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task An_event_is_planned_with_all_that_is_known()
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin);
        var planned = (await admin.TellAsync("/v1/events", new
        {
            programme,
            title = new { fr = "Vidéo", en = "Video" },
            summary = new { fr = "Un atelier." },
            status = "tentative",
            startsAt = "2026-03-16T19:00:00+01:00",
            endsAt = "2026-03-16T21:00:00+01:00",
            venue = new { mode = "hybrid", name = "Milab", address = "Paris", url = "https://example.org/live", spaceCode = "SALLE-01" },
            audience = "network",
            capacity = 40,
            seatsPerOrganisation = 2,
            coHosts = new[] { "map" },
            speakers = new object[] { new { name = "A. B.", role = "juriste", organisation = "Cabinet" }, new { role = "consultante" } },
            tags = new[] { "atelier" },
        })).Expect(201);

        planned.Header("Location").ShouldBe(planned.Path());
        var read = (await admin.AskAsync(planned.Path())).Expect(200);
        read.Text.ShouldBe(planned.Text);
        read.Etag.ShouldBe(planned.Etag);
        (read["startsAt"].GetString(), read["endsAt"].GetString(), read["timeZone"].GetString()).ShouldBe(("2026-03-16T18:00:00Z", "2026-03-16T20:00:00Z", "Europe/Paris"));
        (read["status"].GetString(), read["month"].GetString(), read["seatsTaken"].GetInt32()).ShouldBe(("tentative", null, 0));
        read["venue"].GetProperty("mode").GetString().ShouldBe("hybrid");
        read["speakers"][1].GetProperty("name").GetString().ShouldBeNull();
    }

    [Fact]
    public async Task A_month_is_enough_and_not_even_that_is_needed()
    {
        using var admin = mila.Admin();
        (await Scenario.PlannedAsync(admin))["month"].GetString().ShouldBe("2026-03");
        (await Scenario.PlannedAsync(admin, month: null))["month"].GetString().ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"programme":"nobody"}""", "programme-unknown", "/programme programme-unknown")]
    [InlineData("""{"startsAt":"2026-03-16T19:00:00Z"}""", "event-half-scheduled", "/endsAt event-half-scheduled")]
    [InlineData("""{"endsAt":"2026-03-16T19:00:00Z"}""", "event-half-scheduled", "/startsAt event-half-scheduled")]
    [InlineData("""{"startsAt":"2026-03-16T19:00:00Z","endsAt":"2026-03-16T19:00:00Z"}""", "event-ends-before-start", "/endsAt event-ends-before-start")]
    [InlineData("""{"startsAt":"2026-03-16T19:00:00Z","endsAt":"2026-05-16T19:00:00Z"}""", "event-too-long", "/endsAt event-too-long")]
    [InlineData("""{"status":"published"}""", "event-status-by-action", "/status event-status-by-action")]
    [InlineData("""{"title":{"fr":""}}""", "request-invalid", null)]
    [InlineData("""{"title":{"en":"Only English"}}""", "request-invalid", "/title/fr required")]
    [InlineData("""{"title":null}""", "request-invalid", "/title wrong-type")]
    [InlineData("""{"title":"Rencontre"}""", "request-invalid", "/title wrong-type")]
    [InlineData("""{"month":"2026-13"}""", "request-invalid", "/month wrong-format")]
    [InlineData("""{"month":202603}""", "request-invalid", "/month wrong-type")]
    [InlineData("""{"startsAt":"1999-01-01T00:00:00Z","endsAt":"1999-01-01T01:00:00Z"}""", "request-invalid", "/startsAt out-of-range;/endsAt out-of-range")]
    [InlineData("""{"startsAt":"2026-03-29T02:30:00"}""", "request-invalid", "/startsAt local-time-skipped")]
    [InlineData("""{"startsAt":"2026-10-25T02:30:00"}""", "request-invalid", "/startsAt local-time-ambiguous")]
    [InlineData("""{"startsAt":"2026-03-16"}""", "request-invalid", "/startsAt wrong-type")]
    [InlineData("""{"audience":"Members"}""", "request-invalid", "/audience wrong-type")]
    [InlineData("""{"startsAt":"2026-02-30T19:00:00Z"}""", "request-invalid", "/startsAt wrong-type")]
    [InlineData("""{"startsAt":"16/03/2026"}""", "request-invalid", "/startsAt wrong-type")]
    [InlineData("""{"startsAt":1773684000}""", "request-invalid", "/startsAt wrong-type")]
    [InlineData("""{"capacity":0}""", "request-invalid", "/capacity out-of-range")]
    [InlineData("""{"capacity":-1,"seatsPerOrganisation":0}""", "request-invalid", "/capacity out-of-range;/seatsPerOrganisation out-of-range")]
    [InlineData("""{"capacity":"40"}""", "request-invalid", "/capacity wrong-type")]
    [InlineData("""{"capacity":1e999}""", "request-invalid", "/capacity wrong-type")]
    [InlineData("""{"capacity":40.5}""", "request-invalid", "/capacity wrong-type")]
    [InlineData("""{"audience":"everyone"}""", "request-invalid", "/audience wrong-type")]
    [InlineData("""{"audience":4}""", "request-invalid", "/audience wrong-type")]
    [InlineData("""{"audience":"members, public"}""", "request-invalid", "/audience wrong-type")]
    [InlineData("""{"audience":null}""", "request-invalid", "/audience wrong-type")]
    [InlineData("""{"coHosts":[""]}""", "request-invalid", "/coHosts/0 required")]
    [InlineData("""{"tags":[""]}""", "request-invalid", "/tags/0 required")]
    [InlineData("""{"tags":[null]}""", "request-invalid", "/tags/0 required")]
    [InlineData("""{"speakers":[null]}""", "request-invalid", "/speakers/0 required")]
    [InlineData("""{"speakers":{}}""", "request-invalid", "/speakers wrong-type")]
    [InlineData("""{"venue":{"mode":"onSite","url":"http://example.org"}}""", "request-invalid", "/venue/url wrong-format")]
    [InlineData("""{"venue":{"mode":"onSite","url":"https://me:pass@example.org"}}""", "request-invalid", "/venue/url wrong-format")]
    [InlineData("""{"venue":{"mode":"onSite","spaceCode":"x y"}}""", "request-invalid", "/venue/spaceCode wrong-format")]
    [InlineData("""{"venue":{}}""", "request-invalid", "/venue/mode required")]
    [InlineData("""{"title":{"fr":"\u0007\u0007"}}""", "request-invalid", "/title/fr required")]
    [InlineData("""{"title":{"fr":"\u200b"}}""", "request-invalid", "/title/fr required")]
    [InlineData("""{"title":{"fr":"\u2060\ufeff \u00ad"}}""", "request-invalid", "/title/fr required")]
    [InlineData("""{"title":{"fr":"\u3164"}}""", "request-invalid", "/title/fr required")]
    [InlineData("""{"title":{"fr":"   "}}""", "request-invalid", "/title/fr required")]
    [InlineData("""{"title":{"fr":"Rencontre","en":"\u200b"}}""", "request-invalid", "/title/en required")]
    [InlineData("""{"title":{"fr":"Rencontre","en":"  "}}""", "request-invalid", "/title/en required")]
    [InlineData("""{"summary":{"fr":"\u200b"}}""", "request-invalid", "/summary/fr required")]
    [InlineData("""{"slug":"mine"}""", "request-invalid", "/slug unknown-member")]
    [InlineData("""{"Title":{"fr":"x"}}""", "request-invalid", "/Title unknown-member")]
    public async Task A_plan_that_cannot_be_is_refused_and_not_stored(string changes, string code, string? faults)
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin);
        var before = await mila.SqlAsync("select count(*) from events.mt_doc_event");
        var plan = new JsonObject { ["programme"] = programme, ["title"] = new JsonObject { ["fr"] = "Rencontre" } };
        foreach (var (name, value) in JsonNode.Parse(changes.Replace("1e999", "\"1e999\"", StringComparison.Ordinal))!.AsObject()) plan[name] = value?.DeepClone();

        var answer = await admin.TellAsync("/v1/events", plan.ToJsonString().Replace("\"1e999\"", "1e999", StringComparison.Ordinal));

        answer.ShouldRefuse(422, code, faults?.Split(';') ?? []);
        (await mila.SqlAsync("select count(*) from events.mt_doc_event")).ShouldBe(before);
    }

    [Fact]
    public async Task A_time_without_an_offset_is_the_time_in_Paris()
    {
        using var admin = mila.Admin();
        (await Scenario.PlannedAsync(admin, startsAt: "2026-03-16T19:00:00", endsAt: "2026-03-16T21:00:00"))["startsAt"].GetString().ShouldBe("2026-03-16T18:00:00Z");
        (await Scenario.PlannedAsync(admin, startsAt: "2026-07-16T19:00:00", endsAt: "2026-07-16T21:00:00"))["startsAt"].GetString().ShouldBe("2026-07-16T17:00:00Z");
    }

    [Fact]
    public async Task Texts_and_lists_have_an_end()
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin);
        var answer = await admin.TellAsync("/v1/events", new
        {
            programme,
            title = new { fr = new string('x', 201), en = new string('x', 201) },
            summary = new { fr = new string('x', 4001) },
            tags = Enumerable.Range(0, 21).Select(i => $"t{i}"),
            coHosts = Enumerable.Range(0, 21).Select(i => $"p{i}"),
            speakers = Enumerable.Range(0, 51).Select(i => new { name = $"S{i}" }),
            venue = new { mode = "onSite", name = new string('x', 201), address = new string('x', 301) },
        });
        answer.ShouldRefuse(422, "request-invalid");
        answer.Faults.Select(f => f.Split(' ')[0]).Order(StringComparer.Ordinal).ShouldBe(["/coHosts", "/speakers", "/summary/fr", "/tags", "/title/en", "/title/fr", "/venue/address", "/venue/name"]);
    }

    [Fact]
    public async Task It_needs_a_key_that_writes_events()
    {
        using var nobody = mila.Anonymous();
        (await nobody.TellAsync("/v1/events", new { })).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "events:read", "membership:write");
        (await reader.TellAsync("/v1/events", new { })).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_plan_is_nobodys_news()
    {
        using var admin = mila.Admin();
        var planned = await Scenario.PlannedAsync(admin);
        (await mila.SqlAsync($"select count(*) from mila.outbox where aggregate = '{planned.Id()}'")).ShouldBe(0L);
    }
}
