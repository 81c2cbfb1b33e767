using System.Net;
using System.Net.Http.Json;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Discounts;

public sealed class DiscountsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_discount_is_kept_read_changed_and_listed()
    {
        using var admin = mila.Admin();
        var made = await admin.MakeAsync("/v1/discounts", new { partner = "SNA/GZ", offer = "CD and vinyl pressing", promoCode = "MILA26", endsOn = "2026-12-31", category = "production", conditions = new { fr = "Dès 300" } });
        var path = $"/v1/discounts/{made.Id()}";
        (made.Text("codes"), made.TryGetProperty("promoCode", out _)).ShouldBe(("shared", false));

        (await admin.PatchAsync(path, new { promoCode = (string?)null })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var read = await admin.ReadAsync(path);
        (read.Text("offer"), read.Text("codes"), read.Text("endsOn"), read.Text("category"), read.GetProperty("conditions").Text("fr")).ShouldBe(("CD and vinyl pressing", "none", "2026-12-31", "production", "Dès 300"));
        (await admin.ReadAsync("/v1/discounts?category=production")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await admin.ReadAsync("/v1/discounts?category=legal")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await admin.ReadAsync("/v1/discounts?q=vinyl")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_catalogue_of_a_day_has_what_is_valid_on_it()
    {
        using var admin = mila.Admin();
        foreach (var (partner, startsOn, endsOn) in new (string, string?, string?)[] { ("always", null, null), ("until", null, "2026-06-30"), ("from", "2026-07-01", null), ("july", "2026-07-01", "2026-07-31") })
        {
            await admin.MakeAsync("/v1/discounts", new { partner, offer = "validity", startsOn, endsOn });
        }

        foreach (var (day, valid) in new (string, string[])[]
        {
            ("2026-06-30", ["always", "until"]), ("2026-07-01", ["always", "from", "july"]), ("2026-07-31", ["always", "from", "july"]), ("2026-08-01", ["always", "from"]),
            // Midnight in Paris is 22:00 in UTC.
            ("2026-06-30T21:59:59Z", ["always", "until"]), ("2026-06-30T22:00:00Z", ["always", "from", "july"]),
        })
        {
            (await admin.ReadAsync($"/v1/discounts?q=validity&validOn={day}")).GetProperty("items").EnumerateArray().Select(d => d.Text("partner")).ShouldBe(valid, day);
        }

        foreach (var malformed in new[] { "2026-02-30", "tomorrow", "", "2026-07-01,2026-07-02" })
        {
            await admin.GetAsync($"/v1/discounts?validOn={malformed}").ShouldRefuseAsync(HttpStatusCode.BadRequest, "list-query-malformed");
        }

        (await admin.AskAsync("/openapi/v1.json")).Text.ShouldContain("\"validOn\"");
    }

    [Fact]
    public async Task Each_refusal_has_its_code()
    {
        using var admin = mila.Admin();
        await admin.GetAsync($"/v1/discounts/{Guid.Empty}").ShouldRefuseAsync(HttpStatusCode.NotFound, "discount-unknown");
        await admin.PostAsJsonAsync("/v1/discounts", new { partner = "X", partnerId = Guid.Empty, offer = "x" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "discount-partner-unknown");
        await admin.PostAsJsonAsync("/v1/discounts", new { partner = "X", offer = "x", startsOn = "2026-02-01", endsOn = "2026-01-31" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "discount-ends-before-start");
        await admin.PostAsJsonAsync("/v1/discounts", new { partner = "", offer = "x" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await admin.PostAsJsonAsync("/v1/discounts", new { partner = "X", offer = "x", price = 1 }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await admin.PostAsync("/v1/discounts", new StringContent("{", System.Text.Encoding.UTF8, "application/json")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "json-malformed");
    }
}
