using Mila.Partners.Import;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Import;

public sealed class PartnersImportTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task The_year_2026_comes_in_once_and_what_staff_made_of_it_is_not_broken_by_a_later_file()
    {
        var first = await YearFile.ImportAsync(mila);
        var again = await YearFile.ImportAsync(mila);

        first.Select(c => (c.Key, c.Value.Created)).ShouldBe([("agreements", 1), ("discounts", 14), ("fundingPlans", 1), ("grants", 4), ("partners", 16)]);
        again.Values.ShouldAllBe(c => c.Created == 0 && c.Changed == 0);
        using var admin = mila.Admin();
        (await admin.ReadAsync("/v1/partners?kind=funder")).GetProperty("items").GetArrayLength().ShouldBe(3);
        (await admin.ReadAsync("/v1/discounts?limit=100")).GetProperty("items").EnumerateArray().Select(d => d.Text("category")).ShouldNotContain("other");
        (await admin.ReadAsync("/v1/grants?status=awarded")).GetProperty("items").EnumerateArray().Select(g => g.GetProperty("agreementTo")).Where(y => y.ValueKind == System.Text.Json.JsonValueKind.Number).Select(y => y.GetInt32()).ShouldBe([2026]);
        var plan = await admin.ReadAsync("/v1/funding-plans/2026");
        plan.GetProperty("lines").EnumerateArray().Select(l => (l.Text("code"), l.GetProperty("target").GetInt32())).ShouldBe(
        [
            ("structuring-diagnostic", 30), ("expert-consultation", 36), ("communication-audit", 30), ("club-mila", 9), ("managers", 6), ("juriquizz", 4), ("codev", 6), ("milia", 6), ("crescendo", 12), ("pot-networking", 4),
        ]);
        (await admin.ReadAsync("/v1/grants?status=awarded")).GetProperty("items").GetArrayLength().ShouldBe(2);
        (await admin.ReadAsync("/v1/grants?status=requested")).GetProperty("items").EnumerateArray().Sum(g => decimal.Parse(g.GetProperty("amount").Text("amount"), System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(35_000m);

        // A change that a rule refuses is a fault of the file, with its place.
        var grant = (await admin.ReadAsync("/v1/grants?status=requested")).GetProperty("items").EnumerateArray().First(g => g.Text("department") == "DAE");
        (await admin.PatchAsync($"/v1/grants/{grant.Id()}", new { status = "awarded", tranches = new[] { new { amount = new { amount = "20000.00", currency = "EUR" }, dueOn = "2026-09-01" } } })).EnsureSuccessStatusCode();

        var refused = await YearFile.ReadAsync(mila, file => file["funding"]!["grants"]!.AsArray().Single(g => (string?)g!["department"] == "DAE")!["amountEuros"] = 10_000);

        refused.Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Fields.ShouldHaveSingleItem().Code.ShouldBe("grant-tranches-too-large");
        refusal.Fields[0].Pointer.ShouldStartWith("/funding/grants/");
        (await admin.ReadAsync($"/v1/grants/{grant.Id()}")).GetProperty("amount").Text("amount").ShouldBe("20000.00");
    }

    [Theory]
    [InlineData("9 per year, usually on a Monday", 9)]
    [InlineData("every 2 months", 6)]
    [InlineData("1 event per month, workshops and networking in turn", 12)]
    [InlineData("now and then", null)]
    [InlineData("every 0 months", null)]
    [InlineData(null, null)]
    public void A_rhythm_is_a_number_of_times_a_year(string? rhythm, int? times) => Promises.TimesAYear(rhythm).ShouldBe(times);
}
