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
