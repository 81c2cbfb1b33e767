using System.Net;
using Mila.Testing.App;

namespace Mila.Partners.Tests.FundingPlans;

public sealed class FundingPlansTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly object Budget = new { amount = "1000.00", currency = "EUR" };

    [Fact]
    public async Task A_plan_is_drawn_read_changed_and_listed()
    {
        using var admin = mila.Admin();
        var made = (await admin.TellAsync("/v1/funding-plans", new
        {
            year = 2031,
            budget = Budget,
            ownResourcesPercent = 61,
            lines = new[] { new { code = "club", label = new { fr = "Club MILA" }, kind = "event", programmes = new[] { "club-mila" }, target = 9 } },
        })).Expect(201);
        made.Header("Location").ShouldBe("/v1/funding-plans/2031");
        var line = made["lines"].EnumerateArray().Single();
        (line.Text("measure"), line.Text("kind"), line.GetProperty("target").GetInt32()).ShouldBe(("items", "event", 9));

        (await admin.PatchAsync("/v1/funding-plans/2031", new { ownResourcesReceived = new { amount = "100.00", currency = "EUR" } })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.ReadAsync("/v1/funding-plans/2031")).GetProperty("ownResourcesReceived").Text("amount").ShouldBe("100.00");
        (await admin.ReadAsync("/v1/funding-plans?sort=-year")).GetProperty("items").EnumerateArray().Select(p => p.GetProperty("year").GetInt32()).ShouldContain(2031);
    }

    [Fact]
    public async Task Each_refusal_has_its_code()
    {
        using var admin = mila.Admin();
        var merchant = (await admin.MakeAsync("/v1/partners", new { code = "shop", name = "S", kind = "merchant" })).Id();
        await admin.MakeAsync("/v1/funding-plans", new { year = 2032, budget = Budget });
        (await admin.TellAsync("/v1/funding-plans", new { year = 2032, budget = Budget })).ShouldRefuse(409, "funding-plan-year-taken");
        (await admin.TellAsync("/v1/funding-plans", new { year = 2033, budget = Budget, lines = new[] { Line("a"), Line("a") } })).ShouldRefuse(422, "funding-line-twice");
        (await admin.TellAsync("/v1/funding-plans", new { year = 2033, budget = Budget, lines = new[] { Line("a", merchant) } })).ShouldRefuse(422, "funding-line-funder-unknown");
        (await admin.TellAsync("/v1/funding-plans", new { year = 2033, budget = Budget, lines = new[] { new { code = "a", label = new { fr = "A" }, kind = "event", startsOn = "2033-12-01", endsOn = "2033-01-31" } } }))
            .ShouldRefuse(422, "funding-line-ends-before-start", "/lines/0/endsOn funding-line-ends-before-start");
        (await admin.TellAsync("/v1/funding-plans", new { year = 2033, budget = Budget, lines = new[] { new { code = "a", label = new { fr = "A" }, kind = "event", startsOn = "2034-02-01" } } })).ShouldRefuse(422, "funding-line-ends-before-start");
        (await admin.TellAsync("/v1/funding-plans", new { year = 2033, budget = Budget, ownResourcesPercent = 101 })).ShouldRefuse(422, "request-invalid");
        (await admin.TellAsync("/v1/funding-plans", new { year = 2033, budget = Budget, lines = new[] { Line("Not A Code") } })).ShouldRefuse(422, "request-invalid");
        (await admin.TellAsync("/v1/funding-plans", "{")).ShouldRefuse(400, "json-malformed");
        await admin.PatchAsync("/v1/funding-plans/2032", new { year = 2034 }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "funding-plan-year-fixed");
        (await admin.AskAsync("/v1/funding-plans/2040")).ShouldRefuse(404, "funding-plan-unknown");

        using var reader = await mila.KeyAsync(null, "partners:read");
        (await reader.TellAsync("/v1/funding-plans", new { year = 2035, budget = Budget })).ShouldRefuse(403, "scope-missing");
        using var key = await mila.KeyAsync(merchant, "partners:write");
        (await key.TellAsync("/v1/funding-plans", new { year = 2035, budget = Budget })).ShouldRefuse(403, "partner-staff-only");
        (await key.AskAsync("/v1/funding-plans")).ShouldRefuse(403, "partner-staff-only");
        (await key.AskAsync("/v1/funding-plans/2032")).ShouldRefuse(404, "funding-plan-unknown");
    }

    private static object Line(string code, params Guid[] funders) => new { code, label = new { fr = "x" }, kind = "event", funderIds = funders };
}
