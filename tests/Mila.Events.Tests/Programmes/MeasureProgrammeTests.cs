using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Programmes;

public sealed class MeasureProgrammeTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_year_is_compared_with_its_target()
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/programmes", new { code = "club", label = "Club MILA", rhythm = "9 per year, usually on a Monday", yearlyTarget = 9 })).Expect(201);
        var held = await Scenario.PublishedAsync(admin, "club", startsAt: "2026-03-09T17:00:00Z", endsAt: "2026-03-09T19:00:00Z");
        (await admin.TellAsync($"{held.Path()}/holding", null)).Expect(200);
        await Scenario.PublishedAsync(admin, "club", startsAt: "2026-04-13T17:00:00Z", endsAt: "2026-04-13T19:00:00Z");
        await Scenario.PublishedAsync(admin, "club");
        (await Scenario.CancelAsync(admin, await Scenario.PublishedAsync(admin, "club"))).Expect(200);
        await Scenario.PlannedAsync(admin, "club", month: "2026-12");
        await Scenario.PlannedAsync(admin, "club", month: "2027-01");
        await Scenario.PlannedAsync(admin, "club", month: null);
        (await admin.TellAsync("/v1/events", new { programme = "club", title = new { fr = "Idée" }, month = "2026-10", status = "tentative" })).Expect(201);
        // New Year's Eve in London is New Year's Day in Paris.
        await Scenario.PlannedAsync(admin, "club", startsAt: "2025-12-31T23:30:00Z", endsAt: "2026-01-01T02:00:00Z");
        await Scenario.PlannedAsync(admin, "club", startsAt: "2026-12-31T23:30:00Z", endsAt: "2027-01-01T02:00:00Z");

        var progress = (await admin.AskAsync("/v1/programmes/club/progress")).Expect(200);
        (progress["from"].GetString(), progress["to"].GetString(), progress["target"].GetInt32(), progress["toPlan"].GetInt32()).ShouldBe(("2026-01", "2026-12", 9, 4));
        (progress["held"].GetInt32(), progress["published"].GetInt32(), progress["planned"].GetInt32(), progress["tentative"].GetInt32(), progress["cancelled"].GetInt32(), progress["undated"].GetInt32()).ShouldBe((1, 2, 2, 1, 1, 1));
        progress["summary"].GetProperty("fr").GetString().ShouldBe("5 sur 9 : tenus 1, annoncés 2, planifiés 2.");
        progress["summary"].GetProperty("en").GetString().ShouldBe("5 of 9: held 1, published 2, planned 2.");
        progress["months"].GetArrayLength().ShouldBe(12);
        var months = progress["months"].EnumerateArray().ToDictionary(m => m.GetProperty("at").GetString()!);
        (months["2026-01"].GetProperty("planned").GetInt32(), months["2026-03"].GetProperty("published").GetInt32(), months["2026-03"].GetProperty("held").GetInt32(), months["2026-12"].GetProperty("planned").GetInt32()).ShouldBe((1, 1, 1, 1));

        var spring = (await admin.AskAsync("/v1/programmes/club/progress?from=2026-03&to=2026-05")).Expect(200);
        (spring["published"].GetInt32(), spring["target"].ValueKind, spring["summary"].GetProperty("fr").GetString()).ShouldBe((2, System.Text.Json.JsonValueKind.Null, "3 en tout : tenus 1, annoncés 2, planifiés 0."));
    }

    [Fact]
    public async Task A_season_spans_two_years()
    {
        using var admin = mila.Admin();
        var founded = (await admin.TellAsync("/v1/programmes", new { code = "crescendo", label = "Crescendo", rhythm = "1 event per month", season = "2026/2027", seasonFrom = "2026-09", seasonTo = "2027-06", yearlyTarget = 10 })).Expect(201);
        (founded["seasonFrom"].GetString(), founded["seasonTo"].GetString()).ShouldBe(("2026-09", "2027-06"));
        (await admin.TellAsync("/v1/events/series", new { @event = new { programme = "crescendo", title = new { fr = "Atelier" }, month = "2026-09" }, repeat = new { count = 12, everyMonths = 1 } })).Expect(201);

        var progress = (await admin.AskAsync("/v1/programmes/crescendo/progress")).Expect(200);
        (progress["from"].GetString(), progress["to"].GetString(), progress["planned"].GetInt32(), progress["toPlan"].GetInt32()).ShouldBe(("2026-09", "2027-06", 10, 0));
        progress["months"].GetArrayLength().ShouldBe(10);

        // Without its months a season runs from September to August.
        var plain = (await admin.AmendAsync("/v1/programmes/crescendo", new { seasonFrom = (string?)null, seasonTo = (string?)null }, founded.Etag)).Expect(200);
        (await admin.AskAsync("/v1/programmes/crescendo/progress"))["planned"].GetInt32().ShouldBe(12);
        (await admin.AmendAsync("/v1/programmes/crescendo", new { seasonFrom = "2026-09" }, plain.Etag)).ShouldRefuse(422, "request-invalid", "/seasonTo season-backwards");
        (await admin.AmendAsync("/v1/programmes/crescendo", new { seasonTo = "2026-09" }, plain.Etag)).ShouldRefuse(422, "request-invalid", "/seasonTo season-backwards");
        (await admin.AmendAsync("/v1/programmes/crescendo", new { seasonFrom = "2026-09", seasonTo = "2026-08" }, plain.Etag)).ShouldRefuse(422, "request-invalid", "/seasonTo season-backwards");
        (await admin.AmendAsync("/v1/programmes/crescendo", new { seasonFrom = "September", seasonTo = "2027-06" }, plain.Etag)).ShouldRefuse(422, "request-invalid", "/seasonFrom wrong-format", "/seasonTo season-backwards");
    }

    [Theory]
    [InlineData("?from=2027-01", "2027-01", "2027-12")]
    [InlineData("?from=2026-05", "2026-05", "2027-04")]
    [InlineData("?to=2025-12", "2025-01", "2025-12")]
    [InlineData("", "2026-01", "2026-12")]
    public async Task One_end_alone_is_twelve_months(string query, string from, string to)
    {
        using var admin = mila.Admin();
        var code = await Scenario.ProgrammeAsync(admin, $"one-end-{Guid.CreateVersion7():N}");
        var progress = (await admin.AskAsync($"/v1/programmes/{code}/progress{query}")).Expect(200);
        (progress["from"].GetString(), progress["to"].GetString(), progress["months"].GetArrayLength()).ShouldBe((from, to, 12));
    }

    [Theory]
    [InlineData("2025/2040", null, null)]
    [InlineData("2026/2026", null, null)]
    [InlineData("2026/2025", null, null)]
    [InlineData("2025/2027", "2025-09", "2026-08")]
    [InlineData("2026/2027", "2025-09", "2026-08")]
    public async Task A_season_is_called_by_the_years_that_it_is_measured_by(string season, string? seasonFrom, string? seasonTo)
    {
        using var admin = mila.Admin();
        var code = $"season-{Guid.CreateVersion7():N}";
        (await admin.TellAsync("/v1/programmes", new { code, label = "Saison", season, seasonFrom, seasonTo })).ShouldRefuse(422, "request-invalid", "/season season-otherwise");
        (await admin.TellAsync("/v1/programmes", new { code, label = "Saison", season = "2025/2027", seasonFrom = "2025-01", seasonTo = "2027-12" })).Expect(201);
    }

    [Theory]
    [InlineData("?from=2026")]
    [InlineData("?from=2026-13&to=2026-12")]
    [InlineData("?from=2026-05&to=2026-04")]
    [InlineData("?from=2026-01&to=2029-01")]
    [InlineData("?to=%00")]
    [InlineData("?from=2026-01&from=2026-02")]
    public async Task A_span_that_is_none_is_malformed(string query)
    {
        using var admin = mila.Admin();
        var code = await Scenario.ProgrammeAsync(admin, $"span-{Guid.CreateVersion7():N}");
        (await admin.AskAsync($"/v1/programmes/{code}/progress{query}")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task It_needs_a_key_that_reads_events_and_a_programme()
    {
        using var nobody = mila.Anonymous();
        (await nobody.AskAsync("/v1/programmes/club/progress")).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.AskAsync("/v1/programmes/personne/progress")).ShouldRefuse(404, "programme-unknown");
    }
}
