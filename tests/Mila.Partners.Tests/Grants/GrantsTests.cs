using System.Net;
using System.Net.Http.Json;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Grants;

public sealed class GrantsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_grant_goes_from_requested_to_reported_and_never_back()
    {
        using var admin = mila.Admin();
        var funder = await admin.MakeAsync("/v1/partners", new { code = "cnm", name = "CNM", kind = "funder" });
        var made = await admin.MakeAsync("/v1/grants", new { funderId = funder.Id(), department = "DAE", year = 2026, season = "2025/2026", amount = new { amount = "20000.00", currency = "EUR" } });
        var path = $"/v1/grants/{made.Id()}";
        made.Text("status").ShouldBe("requested");
        made.GetProperty("amount").Text("amount").ShouldBe("20000.00");

        foreach (var status in new[] { "awarded", "paid", "reported" }) (await admin.PatchAsync(path, new { status })).StatusCode.ShouldBe(HttpStatusCode.OK);

        await admin.PatchAsync(path, new { status = "awarded" }).ShouldRefuseAsync(HttpStatusCode.Conflict, "grant-status-backwards");
        (await admin.ReadAsync($"/v1/grants?funderId={funder.Id()}&status=reported&year=2026")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_agreement_over_years_is_paid_in_tranches_and_what_was_paid_or_sent_stays()
    {
        using var admin = mila.Admin();
        var funder = await admin.MakeAsync("/v1/partners", new { code = "ministry", name = "Ministry", kind = "funder" });
        var path = $"/v1/grants/{(await admin.MakeAsync("/v1/grants", new { funderId = funder.Id(), year = 2026, agreement = "three-year", agreementFrom = 2023, agreementTo = 2026, amount = Euros(25_000) })).Id()}";
        await admin.PatchAsync(path, new { tranches = new[] { new { amount = Euros(10_000), dueOn = "2026-04-01", paidOn = "2026-04-02" } } }).ShouldRefuseAsync(HttpStatusCode.Conflict, "grant-not-awarded");
        (await admin.PatchAsync(path, new { status = "awarded", awarded = Euros(24_000), tranches = new[] { Tranche(10_000, "2026-04-01", "2026-04-02"), Tranche(14_000, "2026-10-01", null) }, reports = new[] { new { year = 2025, dueOn = "2026-06-30", sentOn = (string?)"2026-06-01" }, new { year = 2026, dueOn = "2027-06-30", sentOn = (string?)null } } })).StatusCode.ShouldBe(HttpStatusCode.OK);

        await admin.PatchAsync(path, new { tranches = new[] { Tranche(10_000, "2026-04-01", null), Tranche(14_000, "2026-10-01", null) } }).ShouldRefuseAsync(HttpStatusCode.Conflict, "grant-payment-backwards");
        await admin.PatchAsync(path, new { reports = Array.Empty<object>() }).ShouldRefuseAsync(HttpStatusCode.Conflict, "grant-report-backwards");
        await admin.PatchAsync(path, new { tranches = new[] { Tranche(10_000, "2026-04-01", "2026-04-02"), Tranche(14_001, "2026-10-01", null) } }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "grant-tranches-too-large");
        await admin.PatchAsync(path, new { agreementFrom = 2027 }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "grant-agreement-backwards");
        var read = await admin.ReadAsync(path);
        (read.GetProperty("tranches")[0].Text("paidOn"), read.GetProperty("reports")[1].Text("dueOn"), read.GetProperty("awarded").Text("amount")).ShouldBe(("2026-04-02", "2027-06-30", "24000.00"));

        static object Euros(int euros) => new { amount = $"{euros}.00", currency = "EUR" };
        static object Tranche(int euros, string dueOn, string? paidOn) => new { amount = Euros(euros), dueOn, paidOn };
    }

    [Theory]
    [InlineData(2026, "2025/2027")]
    [InlineData(2026, "2026/2026")]
    [InlineData(2026, "2026/2025")]
    [InlineData(2027, "2025/2026")]
    [InlineData(2024, "2025/2026")]
    public async Task A_season_is_of_two_years_that_follow_each_other_and_the_grant_is_for_one_of_them(int year, string season)
    {
        using var admin = mila.Admin();
        var amount = new { amount = "1.00", currency = "EUR" };
        var funder = (await admin.MakeAsync("/v1/partners", new { code = $"funder-{year}-{season.Replace('/', '-')}", name = "Funder", kind = "funder" })).Id();
        foreach (var (language, said) in new[] { ("fr", "Une saison va d'une année à la suivante"), ("en", "two years that follow each other") })
        {
            var refused = (await admin.CallAsync("POST", "/v1/grants", new { funderId = funder, year, season, amount }, ("Accept-Language", language))).ShouldRefuse(422, "grant-season-broken");
            refused["detail"].GetString()!.ShouldContain(said);
            refused.Text.ShouldContain("\"/season\"");
        }

        // One that was written before this rule is read and reported on, and put right when it is changed.
        var path = $"/v1/grants/{(await admin.MakeAsync("/v1/grants", new { funderId = funder, year = 2026, season = "2026/2027", amount })).Id()}";
        await mila.SqlAsync($"update partners.mt_doc_grant set data = jsonb_set(jsonb_set(data, '{{terms,season}}', '\"{season}\"'), '{{terms,year}}', '{year}') where data -> 'terms' ->> 'funderId' = '{funder}'");
        (await admin.ReadAsync(path)).Text("season").ShouldBe(season);
        await admin.PatchAsync(path, new { department = "DAE" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "grant-season-broken");
        (await admin.PatchAsync(path, new { department = "DAE", year = 2026, season = "2025/2026" })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_grant_that_was_entered_by_mistake_is_struck_and_one_of_which_something_came_is_not()
    {
        using var admin = mila.Admin();
        var funder = (await admin.MakeAsync("/v1/partners", new { code = "struck", name = "Struck", kind = "funder" })).Id();
        var amount = new { amount = "35000.00", currency = "EUR" };
        string[] paths = [await RequestAsync(), await RequestAsync(), await RequestAsync()];
        using var key = await mila.KeyAsync(funder, "partners:write");
        (await key.CallAsync("DELETE", paths[0], null, ("If-Match", "\"x\""))).ShouldRefuse(403, "partner-staff-only");
        (await admin.CallAsync("DELETE", paths[0], null)).ShouldRefuse(428, "if-match-needed");
        (await StrikeAsync(paths[0])).Expect(204);

        (await admin.AskAsync(paths[0])).ShouldRefuse(404, "grant-unknown");
        (await admin.ReadAsync("/v1/funding-reports/2031?funder=struck")).GetRawText().Split("35000.00").Length.ShouldBe(1 + (await admin.ReadAsync("/v1/grants?year=2031")).GetProperty("items").GetArrayLength());
        (await admin.PatchAsync(paths[1], new { status = "awarded" })).EnsureSuccessStatusCode();
        (await StrikeAsync(paths[1])).ShouldRefuse(409, "grant-under-way");
        (await admin.PatchAsync(paths[2], new { reports = new[] { new { year = 2031, dueOn = "2032-06-30", sentOn = "2032-06-01" } } })).EnsureSuccessStatusCode();
        (await StrikeAsync(paths[2])).ShouldRefuse(409, "grant-under-way");

        async Task<string> RequestAsync() => $"/v1/grants/{(await admin.MakeAsync("/v1/grants", new { funderId = funder, year = 2031, amount })).Id()}";
        async Task<Answer> StrikeAsync(string path) => await admin.CallAsync("DELETE", path, null, ("If-Match", await admin.TagAsync(path)));
    }

    [Fact]
    public async Task Each_refusal_has_its_code()
    {
        using var admin = mila.Admin();
        var funder = await admin.MakeAsync("/v1/partners", new { code = "dgmic", name = "DGMIC", kind = "funder" });
        var venue = await admin.MakeAsync("/v1/partners", new { code = "hall", name = "Hall", kind = "venue" });
        var amount = new { amount = "1.00", currency = "EUR" };
        var made = await admin.MakeAsync("/v1/grants", new { funderId = funder.Id(), year = 2026, amount });

        await admin.PostAsJsonAsync("/v1/grants", new { funderId = venue.Id(), year = 2026, amount }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "grant-funder-unknown");
        await admin.PatchAsync($"/v1/grants/{made.Id()}", new { funderId = venue.Id() }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "grant-funder-fixed");
        await admin.GetAsync($"/v1/grants/{Guid.Empty}").ShouldRefuseAsync(HttpStatusCode.NotFound, "grant-unknown");
        await admin.PostAsJsonAsync("/v1/grants", new { funderId = funder.Id(), year = 1999, amount }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await admin.PostAsJsonAsync("/v1/grants", new { funderId = funder.Id(), year = 2026, amount = 12.5 }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await admin.PatchAsync($"/v1/grants/{made.Id()}", new { year = 2027 }, null).ShouldRefuseAsync((HttpStatusCode)428, "if-match-needed");
        await admin.PostAsync("/v1/grants", new StringContent("{", System.Text.Encoding.UTF8, "application/json")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "json-malformed");
    }
}
