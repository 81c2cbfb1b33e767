using System.Text.Json;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Stories;

/// <summary>What crosses the borders of modules, from the first company that is admitted to the panel in its window.</summary>
public sealed class HouseStoryTests(HouseStoryTests.House house) : IClassFixture<HouseStoryTests.House>
{
    [Fact]
    public async Task A_company_is_admitted_housed_shown_in_the_street_and_leaves()
    {
        using var admin = house.Admin();
        await admin.TellAsync("/v1/spaces", new { code = "RUE-01", site = "rue-de-la-musique", kind = "shop", landlord = "Paris Habitat" });
        var member = (await admin.TellAsync("/v1/members", new { name = "Les Disques du Canal", activities = new[] { "label" }, website = "https://disques-du-canal.example" })).Expect(201)["id"].GetGuid();
        (await admin.AskAsync($"/v1/events/members/{member}")).Status.ShouldBe(404, "a candidate is nobody's business yet");

        (await admin.TellAsync($"/v1/members/{member}/admission", new { })).Expect(200);
        await house.DrainAsync();
        foreach (var module in new[] { "events", "coaching" })
        {
            var known = (await admin.AskAsync($"/v1/{module}/members/{member}")).Expect(200);
            known["goodStanding"].GetBoolean().ShouldBeTrue(module);
            known["affiliation"].GetString().ShouldBe("beneficiary", module);
        }

        (await admin.TellAsync("/v1/leases", new { memberId = member, spaceCode = "RUE-01", startsOn = "2026-03-01", endsOn = "2028-02-29" })).Expect(201);
        await house.DrainAsync();
        (await admin.AskAsync($"/v1/members/{member}")).Expect(200)["affiliation"].GetString().ShouldBe("shop");
        (await admin.AskAsync($"/v1/events/members/{member}")).Expect(200)["affiliation"].GetString().ShouldBe("shop");
        var panel = await PanelAsync(admin);
        panel.GetProperty("memberId").GetGuid().ShouldBe(member);
        panel.GetProperty("companyName").GetString().ShouldBe("Les Disques du Canal");

        (await admin.TellAsync($"/v1/members/{member}/suspension", new { reason = "dues" })).Expect(200);
        await house.DrainAsync();
        foreach (var module in new[] { "events", "coaching" }) (await admin.AskAsync($"/v1/{module}/members/{member}")).Expect(200)["goodStanding"].GetBoolean().ShouldBeFalse(module);

        (await admin.TellAsync($"/v1/members/{member}/departure", new { })).Expect(200);
        await house.DrainAsync();
        (await admin.AskAsync($"/v1/events/members/{member}")).Expect(200)["status"].GetString().ShouldBe("left");
        (await admin.TellAsync("/v1/leases", new { memberId = member, spaceCode = "RUE-01", startsOn = "2028-03-01", endsOn = "2028-04-30" })).Status.ShouldBe(409);
    }

    private static async Task<JsonElement> PanelAsync(HttpClient admin) =>
        (await admin.AskAsync("/v1/panels?spaceCode=RUE-01")).Expect(200)["items"].EnumerateArray().Single();

    public sealed class House(TestPostgres postgres) : TestMila(postgres);
}
