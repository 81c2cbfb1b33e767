using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

public sealed class ListEventsTests(ListEventsTests.AYear year) : IClassFixture<ListEventsTests.AYear>
{
    [Theory]
    [InlineData("", "Fair,Stand,March,Early,Late,April,Someday")]
    [InlineData("sort=startsAt", "Fair,Stand,March,Early,Late,April,Someday")]
    [InlineData("sort=-startsAt", "Someday,April,Late,Early,March,Stand,Fair")]
    [InlineData("programme=club-mila", "Fair,Stand,March,Early,Late,April,Someday")]
    [InlineData("programme=crescendo", "")]
    [InlineData("status=published", "Early")]
    [InlineData("status=planned,published", "Fair,Stand,March,Early,Late,April,Someday")]
    [InlineData("status=held", "")]
    [InlineData("audience=public", "Late")]
    [InlineData("audience=members,public", "Fair,Stand,March,Early,Late,April,Someday")]
    [InlineData("from=2026-03-01&to=2026-04-01", "March,Early,Late")]
    [InlineData("from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z", "March,Early,Late")]
    [InlineData("to=2026-03-01", "Fair,Stand")]
    [InlineData("to=2025-12-31", "")]
    [InlineData("from=2026-03-10&to=2026-04-01", "March,Late")]
    [InlineData("from=2026-04-01", "April")]
    [InlineData("from=2026-03-31T22:00:00Z", "April")]
    [InlineData("from=2026-03-31T21:59:59Z&to=2026-04-01", "March")]
    [InlineData("from=2027-01-01", "")]
    [InlineData("from=0001-01-01&to=9999-12-31", "Fair,Stand,March,Early,Late,April")]
    [InlineData("from=9999-12-31", "")]
    [InlineData("to=0001-01-01", "")]
    [InlineData("from=2026-03-20T19:00:00%2B01:00&to=2026-03-20T18:00:01Z", "March,Late")]
    [InlineData("from=2026-03-20T18:00:01Z&to=2027-01-01", "March,Late,April")]
    [InlineData("from=2026-03-20T20:00:00Z&to=2027-01-01", "March,Late,April")]
    [InlineData("from=2026-03-20T20:00:01Z&to=2027-01-01", "March,April")]
    [InlineData("from=2026-02-04&to=2026-02-05", "Stand")]
    [InlineData("from=2026-02-05&to=2026-02-06", "Stand")]
    [InlineData("from=2026-02-05T17:00:01Z&to=2026-02-06", "")]
    [InlineData("from=2026-02-05&to=2026-02-28&sort=-startsAt", "Stand")]
    [InlineData("from=2026-01-31&to=2026-02-03T08:00:00Z", "Fair")]
    [InlineData("from=2026-01-31&to=2026-02-03T08:00:01Z", "Fair,Stand")]
    [InlineData("from=2026-01-31T18:00:01Z&to=2026-02-03", "")]
    [InlineData("updatedSince=2026-03-09T18:00:00Z", "Fair,Stand,March,Early,Late,April,Someday")]
    [InlineData("updatedSince=2026-03-09T18:00:01Z", "")]
    [InlineData("status=published&audience=public", "")]
    public async Task A_list_answers_what_is_asked(string query, string titles)
    {
        using var reader = await year.KeyAsync(null, "events:read");
        var list = (await reader.AskAsync($"/v1/events?{query}")).Expect(200);
        string.Join(',', list["items"].EnumerateArray().Select(i => i.GetProperty("title").GetProperty("fr").GetString())).ShouldBe(titles);
        list["next"].GetString().ShouldBeNull();
    }

    [Theory]
    [InlineData("status=PUBLISHED", "?status unknown-value")]
    [InlineData("status=published;drop", "?status unknown-value")]
    [InlineData("audience=", "?audience unknown-value")]
    [InlineData("from=yesterday", "?from malformed")]
    [InlineData("to=2026-02-30", "?to malformed")]
    [InlineData("updatedSince=1", "?updatedSince malformed")]
    [InlineData("sort=title", "?sort unknown-sort")]
    [InlineData("q=video", "?q unknown-parameter")]
    public async Task And_refuses_what_it_does_not_understand(string query, string fault)
    {
        using var admin = year.Admin();
        (await admin.AskAsync($"/v1/events?{query}")).ShouldRefuse(400, "list-query-malformed", fault);
    }

    [Fact]
    public async Task It_needs_a_key_that_reads_events()
    {
        using var nobody = year.Anonymous();
        (await nobody.AskAsync("/v1/events")).ShouldRefuse(401, "unauthenticated");
        using var stranger = await year.KeyAsync(null, "coaching:read");
        (await stranger.AskAsync("/v1/events")).Status.ShouldBe(403);
    }

    public sealed class AYear(Mila.Testing.Postgres.TestPostgres postgres) : TestMila(postgres), IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            using var admin = Admin();
            var club = await Scenario.ProgrammeAsync(admin, "club-mila");
            await Scenario.PlannedAsync(admin, club, "April", month: "2026-04");
            await Scenario.PlannedAsync(admin, club, "Someday", month: null);
            var late = await Scenario.PlannedAsync(admin, club, "Late", "2026-03-20T18:00:00Z", "2026-03-20T20:00:00Z");
            (await admin.AmendAsync(late.Path(), new { audience = "public" }, late.Etag)).Expect(200);
            await Scenario.PlannedAsync(admin, club, "March");
            await Scenario.PlannedAsync(admin, club, "Stand", "2026-02-03T08:00:00Z", "2026-02-05T17:00:00Z");
            await Scenario.PlannedAsync(admin, club, "Fair", "2025-12-31T18:00:00Z", "2026-01-31T18:00:00Z");
            await Scenario.PublishedAsync(admin, club, "Early", "2026-03-02T18:00:00Z", "2026-03-02T20:00:00Z");
        }
    }
}
