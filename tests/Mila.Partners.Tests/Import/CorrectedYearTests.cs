using System.Text.Json.Nodes;
using Mila.BuildingBlocks.Import;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Import;

/// <summary>A file that comes again and says something else.</summary>
public sealed class CorrectedYearTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task What_is_repeated_in_a_file_is_a_fault_and_two_offers_of_one_merchant_are_two()
    {
        var twice = await YearFile.ReadAsync(mila, file =>
        {
            foreach (var list in new[] { file["partners"]!, file["discounts"]!, file["funding"]!["grants"]! }) list.AsArray().Add(list[0]!.DeepClone());
        });

        twice.Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Fields.Select(f => $"{f.Pointer} {f.Code}").ShouldBe(["/partners/16/code repeated", "/discounts/14/offer repeated", "/funding/grants/4 repeated"]);

        await YearFile.ImportAsync(mila);
        void Two(JsonObject file, string second) => file["discounts"]!.AsArray().Add(new JsonObject { ["partner"] = "Lulu dans ma rue", ["offer"] = second });
        (await CountsAsync(file => Two(file, "une seconde offre"))).ShouldBe(new ImportCount(1, 0, 14));
        (await CountsAsync(file => Two(file, "une seconde offre"))).ShouldBe(new ImportCount(0, 0, 15));
        (await CountsAsync(file => Two(file, "une seconde offre, mieux dite"))).ShouldBe(new ImportCount(0, 1, 14));
        using var admin = mila.Admin();
        (await admin.ReadAsync("/v1/discounts?limit=100")).GetProperty("items").EnumerateArray().Where(d => d.Text("partner") == "Lulu dans ma rue").Select(d => d.Text("offer")).ShouldBe(["concierge service", "une seconde offre, mieux dite"], ignoreOrder: true);

        async Task<ImportCount> CountsAsync(Action<JsonObject> alter)
        {
            (await YearFile.ReadAsync(mila, alter)).Succeeded(out var report, out _).ShouldBeTrue();
            return report!.Counts["discounts"];
        }
    }

    [Fact]
    public async Task A_corrected_item_keeps_what_staff_changed_since()
    {
        await YearFile.ImportAsync(mila);
        using var admin = mila.Admin();
        var partner = (await admin.ReadAsync("/v1/partners?kind=network")).GetProperty("items")[0];
        var code = partner.Text("code");
        (await admin.PatchAsync($"/v1/partners/{partner.Id()}", new { name = "Leur nom", note = "leur note" })).EnsureSuccessStatusCode();
        var grant = (await admin.ReadAsync("/v1/grants?status=requested")).GetProperty("items").EnumerateArray().First(g => g.Text("department") == "DAC");
        (await admin.PatchAsync($"/v1/grants/{grant.Id()}", new { agreement = "leur convention", amount = new { amount = "16000.00", currency = "EUR" } })).EnsureSuccessStatusCode();
        var lines = (await admin.ReadAsync("/v1/funding-plans/2026")).GetProperty("lines").EnumerateArray().Select(l => JsonNode.Parse(l.GetRawText())!).ToArray();
        lines[0]["target"] = 31;
        (await admin.PatchAsync("/v1/funding-plans/2026", new { lines = lines.Skip(1).Prepend(lines[0]).SkipLast(1), budget = new { amount = "180000.00", currency = "EUR" } })).EnsureSuccessStatusCode();

        var outcome = await YearFile.ReadAsync(mila, file =>
        {
            file["partners"]!.AsArray().Single(p => (string?)p!["code"] == code)!["since"] = 2019;
            file["funding"]!["grants"]!.AsArray().Single(g => (string?)g!["department"] == "DAC")!["season"] = "2026/2027";
            file["coachingServices"]![1]!["yearlyTarget"] = 77;
        });

        outcome.Succeeded(out var report, out var refusal).ShouldBeTrue(string.Join(", ", refusal?.Fields.Select(f => f.Pointer + " " + f.Code) ?? []));
        (report!.Counts["partners"].Changed, report.Counts["grants"].Changed, report.Counts["fundingPlans"].Changed).ShouldBe((1, 1, 1));
        partner = await admin.ReadAsync($"/v1/partners/{partner.Id()}");
        (partner.Text("name"), partner.Text("note"), partner.GetProperty("since").GetInt32()).ShouldBe(("Leur nom", "leur note", 2019));
        grant = await admin.ReadAsync($"/v1/grants/{grant.Id()}");
        (grant.Text("agreement"), grant.GetProperty("amount").Text("amount"), grant.Text("season")).ShouldBe(("leur convention", "16000.00", "2026/2027"));
        var plan = await admin.ReadAsync("/v1/funding-plans/2026");
        plan.GetProperty("budget").Text("amount").ShouldBe("180000.00");
        plan.GetProperty("lines").EnumerateArray().Select(l => (l.Text("code"), l.GetProperty("target").GetInt32())).Take(2).ShouldBe([("structuring-diagnostic", 31), ("expert-consultation", 77)]);
        plan.GetProperty("lines").GetArrayLength().ShouldBe(lines.Length - 1, "what staff took out stays out");
    }
}
