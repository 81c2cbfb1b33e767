using Mila.BuildingBlocks.Values;
using Mila.Partners.Exchanges;
using Mila.Partners.Tests.Agreements;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Exchanges;

public sealed class ExchangesTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_hall_is_weighed_against_a_list_of_artists()
    {
        using var admin = mila.Admin();
        var partner = await AgreementsTests.PartnerAsync(admin);
        var hall = (await admin.TellAsync($"{partner}/exchanges", new { side = "received", what = "La salle, deux soirées", on = "2026-04-02", quantity = 2, value = new { amount = "1200.00", currency = "EUR" } })).Expect(201);
        await admin.TellAsync($"{partner}/exchanges", new { side = "given", what = "Une liste d'artistes", on = "2026-02-01" });
        await admin.TellAsync($"{partner}/exchanges", new { side = "given", what = "Un atelier", on = "2025-06-01", value = new { amount = "300.50", currency = "EUR" } });

        var balance = (await admin.AskAsync($"{partner}/exchange-balance")).Expect(200)["items"];
        balance.GetArrayLength().ShouldBe(2);
        (balance[0].GetProperty("year").GetInt32(), balance[0].GetProperty("balance").Text("amount"), balance[0].GetProperty("received").GetProperty("quantity").GetInt32(), balance[0].GetProperty("given").GetProperty("unvalued").GetInt32())
            .ShouldBe((2026, "1200.00", 2, 1));
        balance[1].GetProperty("balance").Text("amount").ShouldBe("-300.50");

        var path = $"{partner}/exchanges/{hall["id"].GetString()}";
        hall.Header("Location").ShouldBe(path);
        var changed = (await admin.AmendAsync(path, new { quantity = 3 }, hall.Etag)).Expect(200);
        (changed["quantity"].GetInt32(), changed["value"].Text("amount")).ShouldBe((3, "1200.00"));
        (await admin.AskAsync($"{partner}/exchanges?side=given&from=2026-01-01&to=2027-01-01")).Expect(200)["items"].GetArrayLength().ShouldBe(1);
        (await admin.CallAsync("DELETE", path, null)).ShouldRefuse(428, "if-match-needed");
        (await admin.CallAsync("DELETE", path, null, ("If-Match", hall.Etag))).ShouldRefuse(412, "stale");
        (await admin.CallAsync("DELETE", path, null, ("If-Match", changed.Etag))).Expect(204);
        (await admin.AskAsync(path)).ShouldRefuse(404, "exchange-unknown");
        (await admin.AskAsync($"{partner}/exchange-balance")).Expect(200)["items"][0].GetProperty("balance").Text("amount").ShouldBe("0.00");
    }

    [Fact]
    public async Task Refusals_and_whose_it_is()
    {
        using var admin = mila.Admin();
        var (own, other) = (await AgreementsTests.PartnerAsync(admin), await AgreementsTests.PartnerAsync(admin));
        var made = (await admin.TellAsync($"{own}/exchanges", new { side = "given", what = "x", on = "2026-02-01" })).Expect(201);
        var path = $"{own}/exchanges/{made["id"].GetString()}";
        (await admin.TellAsync($"{own}/exchanges", new { side = "given", what = "", on = "2026-02-01", quantity = 0 })).ShouldRefuse(422, "request-invalid");
        (await admin.TellAsync($"{own}/exchanges", new { side = "lost", what = "x", on = "2026-02-01" })).ShouldRefuse(422, "request-invalid");
        (await admin.TellAsync($"/v1/partners/{Guid.CreateVersion7()}/exchanges", new { side = "given", what = "x", on = "2026-02-01" })).ShouldRefuse(404, "partner-unknown");
        (await admin.AskAsync($"{other}/exchanges/{made["id"].GetString()}")).ShouldRefuse(404, "exchange-unknown");

        using var key = await mila.KeyAsync(Guid.Parse(own.Split('/')[^1]), "partners:read", "partners:write");
        (await key.AskAsync(path)).Expect(200);
        (await key.AskAsync($"{own}/exchange-balance")).Expect(200);
        (await key.AskAsync($"{other}/exchanges")).ShouldRefuse(404, "partner-unknown");
        (await key.AskAsync($"{other}/exchange-balance")).ShouldRefuse(404, "partner-unknown");
        (await key.TellAsync($"{own}/exchanges", new { side = "given", what = "x", on = "2026-02-01" })).ShouldRefuse(403, "partner-staff-only");
        (await key.CallAsync("DELETE", path, null, ("If-Match", made.Etag))).ShouldRefuse(403, "partner-staff-only");
        (await key.AmendAsync(path, new { what = "y" }, made.Etag)).ShouldRefuse(403, "partner-staff-only");
    }

    [Fact]
    public void A_balance_is_what_was_received_less_what_was_given()
    {
        var years = ReadExchangeBalance.Weigh(
        [
            new ExchangeTerms(ExchangeSide.Given, "a", new(2026, 1, 1), 1, Money.Euros(10)),
            new ExchangeTerms(ExchangeSide.Received, "b", new(2026, 12, 31), 2, Money.Euros(7.25m)),
            new ExchangeTerms(ExchangeSide.Received, "c", new(2026, 5, 1), 4, null),
        ]);
        years.Single().ShouldBe(new ReadExchangeBalance.YearBalance(2026, new(1, Money.Euros(10), 0), new(6, Money.Euros(7.25m), 4), Money.Euros(-2.75m)));
    }
}
