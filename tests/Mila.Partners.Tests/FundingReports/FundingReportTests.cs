using Mila.Events.Contracts;
using Mila.Testing.App;

namespace Mila.Partners.Tests.FundingReports;

public sealed class FundingReportTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly object Thousand = new { amount = "1000.00", currency = "EUR" };

    [Fact]
    public async Task What_happened_writes_the_report_and_a_funders_key_sees_its_own_part()
    {
        using var admin = mila.Admin();
        var (city, cnm) = (await FunderAsync(admin, "city"), await FunderAsync(admin, "cnm"));
        foreach (var funder in new[] { city, cnm }) await admin.MakeAsync("/v1/grants", new { funderId = funder, year = 2028, amount = Thousand });
        await admin.MakeAsync("/v1/funding-plans", new
        {
            year = 2028,
            budget = new { amount = "4000.00", currency = "EUR" },
            ownResourcesPercent = 50,
            ownResourcesReceived = Thousand,
            lines = new object[]
            {
                new { code = "club", label = new { fr = "=1+1" }, kind = "event", programmes = new[] { "club-mila" }, target = 2, funderIds = new[] { city } },
                new { code = "crescendo", label = new { fr = "Crescendo" }, kind = "event", measure = "companies", programmes = new[] { "crescendo" }, target = 1, funderIds = new[] { cnm } },
            },
        });
        mila.Clock.SetUtcNow(new DateTimeOffset(2028, 6, 30, 12, 0, 0, TimeSpan.Zero));
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await CountedAsync("club-mila", 14, 3, one, two);
        await CountedAsync("crescendo", 5, 1, two);
        var held = Guid.CreateVersion7();
        await mila.TellAsync(new EventHeld(held, "s", "club-mila", mila.Clock.GetUtcNow().AddHours(-3), mila.Clock.GetUtcNow().AddHours(-1.5), [], 1, mila.Clock.GetUtcNow()));

        var whole = await admin.ReadAsync("/v1/funding-reports/2028");
        whole.GetProperty("budget").GetProperty("ownResourcesReceivedPercent").GetDecimal().ShouldBe(25m);
        whole.GetProperty("funders").EnumerateArray().Select(f => f.Text("code")).ShouldBe(["city", "cnm"]);
        var club = whole.GetProperty("funders")[0].GetProperty("lines").EnumerateArray().Single();
        (club.GetProperty("planned").GetInt32(), club.GetProperty("done").GetInt32(), club.GetProperty("remaining").GetInt32()).ShouldBe((2, 2, 0));
        var figures = club.GetProperty("figures");
        (figures.GetProperty("companies").GetInt32(), figures.GetProperty("otherOrganisations").GetInt32(), figures.GetProperty("attendance").GetInt32(), figures.GetProperty("hours").GetDecimal(), figures.GetProperty("eventsNotCounted").GetInt32())
            .ShouldBe((2, 1, 14, 3.5m, 1));
        club.GetProperty("missing").EnumerateArray().Select(m => m.Text("code")).ShouldBe(["attendance-open"]);
        var csv = (await admin.AskAsync("/v1/funding-reports/2028.csv")).Text;
        csv.ShouldContain("'=1+1");
        csv.Split("\r\n").Single(l => l.StartsWith("done,", StringComparison.Ordinal)).ShouldEndWith(",,,3,0,0,0");

        (await admin.AskAsync("/v1/funding-reports/2028.html?funder=city&lang=fr")).Text.ShouldContain("<a href=\"?funder=city&amp;lang=en\"", Case.Sensitive, "The other language shows the same funder.");
        (await admin.AskAsync("/v1/funding-reports/2028.html?lang=fr")).Text.ShouldContain("<a href=\"?lang=en\"");

        using var key = await mila.KeyAsync(cnm, "partners:read");
        var own = await key.ReadAsync("/v1/funding-reports/2028");
        own.GetProperty("funders").EnumerateArray().Single().Text("code").ShouldBe("cnm");
        own.GetProperty("totals").GetProperty("requested").Text("amount").ShouldBe("1000.00");
        own.GetRawText().ShouldNotContain("city");
        own.GetRawText().ShouldNotContain(two.ToString());
        (await key.AskAsync("/v1/funding-reports/2028?funder=city")).ShouldRefuse(404, "funding-report-unknown");
        (await key.AskAsync("/v1/funding-reports/2028.pdf?funder=cnm")).Status.ShouldBe(200);
        (await admin.ReadAsync("/v1/funding-reports/2028?funder=city")).GetProperty("funders").GetArrayLength().ShouldBe(1);
        using var stranger = await mila.KeyAsync(await FunderAsync(admin, "stranger"), "partners:read");
        (await stranger.AskAsync("/v1/funding-reports/2028")).ShouldRefuse(404, "funding-report-unknown");
    }

    [Fact]
    public async Task A_grant_for_a_season_stands_whole_in_the_reports_of_both_years_and_both_say_so()
    {
        using var admin = mila.Admin();
        var funder = await FunderAsync(admin, "season");
        await admin.MakeAsync("/v1/grants", new { funderId = funder, year = 2033, season = "2033/2034", amount = Thousand });
        await admin.MakeAsync("/v1/grants", new { funderId = funder, year = 2033, department = "DAE", amount = Thousand });

        foreach (var (year, other, total) in new[] { (2033, 2034, "2000.00"), (2034, 2033, "1000.00") })
        {
            var (grant, whole) = ($"La subvention est celle de la saison 2033/2034 : elle est comptée en entier ici et dans le bilan {other}.", "Les totaux comptent en entier des subventions de saison (1)");
            var report = await admin.ReadAsync($"/v1/funding-reports/{year}?funder=season");
            report.GetProperty("totals").GetProperty("requested").Text("amount").ShouldBe(total);
            report.GetProperty("note").Text("fr").ShouldStartWith(whole);
            report.GetProperty("funders")[0].GetProperty("grants").EnumerateArray().Select(g => g.GetProperty("note")).Where(n => n.ValueKind == System.Text.Json.JsonValueKind.Object).Select(n => n.Text("fr")).ShouldBe([grant]);
            var csv = (await admin.AskAsync($"/v1/funding-reports/{year}.csv?funder=season&lang=fr")).Text;
            csv.Split("\r\n")[0].ShouldEndWith(",missing,note,events,appointments,leases,works");
            csv.ShouldContain(grant);
            csv.ShouldContain(whole);
            var page = (await admin.AskAsync($"/v1/funding-reports/{year}.html?funder=season&lang=fr")).Text;
            page.ShouldContain(grant);
            page.ShouldContain(whole);
            (await admin.AskAsync($"/v1/funding-reports/{year}.html?funder=season&lang=en")).Text.ShouldContain($"it is counted whole here and in the report of {other}.");
            using var pdf = await admin.GetAsync($"/v1/funding-reports/{year}.pdf?funder=season&lang=fr", TestContext.Current.CancellationToken);
            var text = PdfText.Of(await pdf.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Replace('\n', ' ');
            text.ShouldContain(grant);
            text.ShouldContain(whole);
        }

        using var key = await mila.KeyAsync(await FunderAsync(admin, "year"), "partners:read");
        await admin.MakeAsync("/v1/grants", new { funderId = (await admin.ReadAsync("/v1/partners?code=year")).GetProperty("items")[0].Id(), year = 2033, amount = Thousand });
        (await key.ReadAsync("/v1/funding-reports/2033")).GetProperty("note").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Whose_money_it_is_stands_in_the_report_however_the_partner_is_called_by_then()
    {
        using var admin = mila.Admin();
        var (granting, named) = (await FunderAsync(admin, "granting"), await FunderAsync(admin, "named"));
        var grant = new { funderId = granting, year = 2036, amount = Thousand };
        await admin.MakeAsync("/v1/grants", grant);
        var plan = await admin.MakeAsync("/v1/funding-plans", new { year = 2036, budget = Thousand, lines = new[] { new { code = "a", label = new { fr = "A" }, kind = "event", funderIds = new[] { named } } } });
        foreach (var id in new[] { granting, named }) (await admin.PatchAsync($"/v1/partners/{id}", new { kind = "venue" })).EnsureSuccessStatusCode();

        var report = await admin.ReadAsync("/v1/funding-reports/2036");
        report.GetProperty("funders").EnumerateArray().Select(f => f.Text("code")).ShouldBe(["granting", "named"]);
        report.GetProperty("totals").GetProperty("requested").Text("amount").ShouldBe("1000.00");
        (await admin.AskAsync("/v1/funding-reports/2036?funder=named")).Expect(200);
        (await admin.PatchAsync("/v1/funding-plans/2036", new { ownResourcesReceived = Thousand })).EnsureSuccessStatusCode();
        // Nobody new is taken for a funder.
        (await admin.TellAsync("/v1/grants", grant)).ShouldRefuse(422, "grant-funder-unknown");
        await admin.PatchAsync("/v1/funding-plans/2036", new { lines = new[] { new { code = "a", label = new { fr = "A" }, kind = "event", funderIds = new[] { granting } } } }).ShouldRefuseAsync(System.Net.HttpStatusCode.UnprocessableEntity, "funding-line-funder-unknown");
    }

    [Fact]
    public async Task A_report_that_is_owed_about_another_year_than_the_grants_is_there_to_send()
    {
        using var admin = mila.Admin();
        var funder = await FunderAsync(admin, "owed");
        await admin.MakeAsync("/v1/grants", new { funderId = funder, year = 2039, amount = Thousand, reports = new[] { new { year = 2037, dueOn = "2039-06-30" } } });

        var report = await admin.ReadAsync("/v1/funding-reports/2037?funder=owed");
        report.GetProperty("totals").GetProperty("requested").Text("amount").ShouldBe("0.00");
        report.GetProperty("funders")[0].GetProperty("missing").EnumerateArray().Select(m => m.Text("code")).ShouldContain("no-grant");
        (await admin.AskAsync("/v1/funding-reports/2038?funder=owed")).ShouldRefuse(404, "funding-report-unknown");
    }

    [Fact]
    public async Task Nothing_is_late_that_is_settled_and_shares_are_said_as_they_are()
    {
        using var admin = mila.Admin();
        var funder = await FunderAsync(admin, "settled");
        var past = DateOnly.FromDateTime(mila.Clock.GetUtcNow().AddDays(-10).Date);
        var grant = (await admin.MakeAsync("/v1/grants", new { funderId = funder, year = 2043, status = "awarded", amount = new { amount = "450.00", currency = "EUR" }, tranches = new[] { new { amount = new { amount = "450.00", currency = "EUR" }, dueOn = past } }, reports = new[] { new { year = 2043, dueOn = past } } })).Id();
        await admin.MakeAsync("/v1/funding-plans", new { year = 2043, budget = Thousand, ownResourcesPercent = 61 });
        foreach (var (status, late) in new[] { ("awarded", new[] { "tranche-late", "report-late" }), ("paid", ["report-late"]), ("reported", []) })
        {
            (await admin.PatchAsync($"/v1/grants/{grant}", new { status })).EnsureSuccessStatusCode();
            (await admin.ReadAsync("/v1/funding-reports/2043")).GetProperty("funders")[0].GetProperty("missing").EnumerateArray().Select(m => m.Text("code")).Where(c => c.EndsWith("-late", StringComparison.Ordinal)).ShouldBe(late, status);
        }

        // 61 and 45 are more than the whole: the bar ends there, the words do not.
        var page = (await admin.AskAsync("/v1/funding-reports/2043.html?lang=en")).Text;
        page.Split("aria-label=\"Budget: ")[1].Split('"')[0].ShouldContain("45");
        page.ShouldContain("<rect class=\"asked\" x=\"61\" width=\"39\"");
    }

    [Fact]
    public async Task The_form_is_what_the_caller_likes_best_and_is_not_sent_twice()
    {
        using var admin = mila.Admin();
        await admin.MakeAsync("/v1/funding-plans", new { year = 2029, budget = Thousand });
        foreach (var (accept, got) in new[] { ("text/csv", "text/csv"), ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"), ("application/pdf;q=0.9,application/json;q=0.5", "application/pdf"), ("*/*", "application/json"), ("text/*;q=0.2,application/json;q=0.1", "text/html") })
        {
            var answer = (await admin.AskAsync("/v1/funding-reports/2029", ("Accept", accept))).Expect(200);
            answer.ContentHeaders.ContentType!.MediaType.ShouldBe(got, accept);
            answer.Header("Vary")!.ShouldContain("Accept-Language");
            answer.Header("Cache-Control").ShouldBe("no-store");
            (await admin.AskAsync("/v1/funding-reports/2029", ("Accept", accept), ("If-None-Match", answer.Etag))).Status.ShouldBe(304);
        }

        (await admin.AskAsync("/v1/funding-reports/2029", ("Accept", "image/png"))).ShouldRefuse(406, "not-acceptable");
        (await admin.AskAsync("/v1/funding-reports/2029.pdf", ("Accept", "text/html"))).ShouldRefuse(406, "not-acceptable");
        (await admin.AskAsync("/v1/funding-reports/2029.html", ("Accept-Language", "en"))).Text.ShouldContain("<html lang=\"en\">");
        (await admin.AskAsync("/v1/funding-reports/2029.json")).Expect(200)["year"].GetInt32().ShouldBe(2029);
        foreach (var ending in new[] { "", ".json", ".csv", ".html", ".pdf" }) (await admin.AskAsync($"/v1/funding-reports/2040{ending}")).ShouldRefuse(404, "funding-report-unknown");
        (await admin.AskAsync("/v1/funding-reports/9999")).ShouldRefuse(404, "funding-report-unknown");
        (await admin.AskAsync("/v1/funding-reports/2029.xls")).Status.ShouldBe(404);
        using var events = await mila.KeyAsync(null, "events:read");
        using var nobody = mila.Anonymous();
        (await events.AskAsync("/v1/funding-reports/2029.pdf")).ShouldRefuse(403, "scope-missing");
        (await nobody.AskAsync("/v1/funding-reports/2029.html")).ShouldRefuse(401, "unauthenticated");
    }

    private Task CountedAsync(string programme, int attended, int organisations, params Guid[] members)
    {
        var now = mila.Clock.GetUtcNow();
        return mila.TellAsync(new AttendanceCounted(Guid.CreateVersion7(), programme, now.AddHours(-4), now.AddHours(-2), attended, 1, organisations, members, 1, now));
    }

    private static async Task<Guid> FunderAsync(HttpClient admin, string code) => (await admin.MakeAsync("/v1/partners", new { code, name = code.ToUpperInvariant(), kind = "funder" })).Id();
}
