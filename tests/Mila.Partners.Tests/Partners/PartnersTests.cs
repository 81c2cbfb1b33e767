using System.Net;
using System.Net.Http.Json;
using System.Text;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Partners;

public sealed class PartnersTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_partner_is_registered_read_changed_and_listed()
    {
        using var admin = mila.Admin();
        var made = await admin.MakeAsync("/v1/partners", new { code = "hasard", name = "Le Hasard Ludique", kind = "venue", since = 2024, exchange = new { given = "artists", received = "hall" }, departments = new[] { "A" } });

        var read = await admin.ReadAsync($"/v1/partners/{made.Id()}");
        read.ToString().ShouldBe(made.ToString());
        (read.Text("kind"), read.GetProperty("exchange").Text("received"), read.GetProperty("reciprocity").GetBoolean()).ShouldBe(("venue", "hall", false));

        using var changed = await admin.PatchAsync($"/v1/partners/{made.Id()}", new { followed = true, note = "two evenings a year" });
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.ReadAsync($"/v1/partners/{made.Id()}")).GetProperty("followed").GetBoolean().ShouldBeTrue();
        (await admin.ReadAsync("/v1/partners?kind=venue&q=ludique")).GetProperty("items")[0].Text("code").ShouldBe("hasard");
    }

    [Fact]
    public async Task What_staff_noted_of_a_partner_is_found_by_staff_alone()
    {
        using var admin = mila.Admin();
        var made = await admin.MakeAsync("/v1/partners", new { code = "noted", name = "Noted", kind = "venue", note = "pays late" });
        using var key = await mila.KeyAsync(made.Id(), "partners:read");

        (await admin.ReadAsync("/v1/partners?q=late")).GetProperty("items")[0].Text("code").ShouldBe("noted");
        (await key.ReadAsync("/v1/partners?q=late")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await key.ReadAsync("/v1/partners?q=note")).GetProperty("items")[0].Text("code").ShouldBe("noted");
    }

    [Fact]
    public async Task Each_refusal_has_its_code()
    {
        using var admin = mila.Admin();
        var made = await admin.MakeAsync("/v1/partners", new { code = "twice", name = "Twice", kind = "network" });
        var path = $"/v1/partners/{made.Id()}";

        await admin.PostAsJsonAsync("/v1/partners", new { code = "twice", name = "Again", kind = "network" }).ShouldRefuseAsync(HttpStatusCode.Conflict, "partner-code-taken");
        await admin.PatchAsync(path, new { code = "other" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "partner-code-fixed");
        await admin.GetAsync($"/v1/partners/{Guid.Empty}").ShouldRefuseAsync(HttpStatusCode.NotFound, "partner-unknown");
        await admin.PatchAsync($"/v1/partners/{Guid.Empty}", new { note = "x" }, "\"x\"").ShouldRefuseAsync(HttpStatusCode.NotFound, "partner-unknown");
        await admin.PatchAsync(path, new { note = "x" }, null).ShouldRefuseAsync((HttpStatusCode)428, "if-match-needed");
        await admin.PatchAsync(path, new { note = "x" }, "\"stale\"").ShouldRefuseAsync(HttpStatusCode.PreconditionFailed, "stale");
        await admin.PostAsJsonAsync("/v1/partners", new { code = "Not A Code", name = "", kind = "network", contactEmail = "nobody" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await admin.PostAsJsonAsync("/v1/partners", new { code = "x", name = "x", kind = "friend" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await admin.PostAsync("/v1/partners", new StringContent("{", Encoding.UTF8, "application/json")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "json-malformed");
    }

    [Fact]
    public async Task Without_a_key_or_with_another_scope_nothing_is_shown()
    {
        using var nobody = mila.Anonymous();
        using var other = await mila.KeyAsync(null, "events:write");
        using var reader = await mila.KeyAsync(null, "partners:read");

        foreach (var path in new[] { "/v1/partners", "/v1/discounts", "/v1/grants", "/v1/webhook-endpoints", "/v1/webhook-messages" })
        {
            (await nobody.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
            (await other.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            (await reader.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
            if (path != "/v1/webhook-messages") (await reader.PostAsJsonAsync(path, new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }
    }

    [Fact]
    public async Task A_partners_key_sees_itself_and_changes_nothing()
    {
        using var admin = mila.Admin();
        var own = await admin.MakeAsync("/v1/partners", new { code = "own", name = "Own", kind = "funder" });
        var other = await admin.MakeAsync("/v1/partners", new { code = "other", name = "Other", kind = "funder" });
        await admin.MakeAsync("/v1/discounts", new { partner = "Own", partnerId = own.Id(), offer = "10 %" });
        var hidden = await admin.MakeAsync("/v1/discounts", new { partner = "Other", partnerId = other.Id(), offer = "20 %" });
        var grant = await admin.MakeAsync("/v1/grants", new { funderId = other.Id(), year = 2026, amount = new { amount = "1.00", currency = "EUR" } });
        using var partner = await mila.KeyAsync(own.Id(), "partners:read", "partners:write");

        (await partner.ReadAsync("/v1/partners")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await partner.ReadAsync("/v1/discounts")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await partner.ReadAsync("/v1/grants")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await partner.GetAsync($"/v1/partners/{other.Id()}").ShouldRefuseAsync(HttpStatusCode.NotFound, "partner-unknown");
        await partner.GetAsync($"/v1/discounts/{hidden.Id()}").ShouldRefuseAsync(HttpStatusCode.NotFound, "discount-unknown");
        await partner.GetAsync($"/v1/grants/{grant.Id()}").ShouldRefuseAsync(HttpStatusCode.NotFound, "grant-unknown");
        await partner.PatchAsync($"/v1/partners/{own.Id()}", new { note = "x" }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "partner-staff-only");
        await partner.PostAsJsonAsync("/v1/partners", new { code = "new", name = "New", kind = "network" }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "partner-staff-only");
    }
}
