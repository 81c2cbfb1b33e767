using Mila.BuildingBlocks.Time;
using Mila.Membership.Tests.Members;
using Mila.Testing.App;

namespace Mila.Membership.Tests.Affiliations;

public sealed class SetAffiliationTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task An_affiliation_from_today_holds_at_once_and_is_told()
    {
        using var admin = mila.Admin();
        var member = await Scenario.ActiveAsync(admin);
        var set = (await admin.TellAsync($"{member.Path()}/affiliations", new { affiliation = "pole" })).Expect(201);

        (set["on"].GetString(), set["affiliation"].GetString()).ShouldBe(($"{ParisTime.Today(mila.Clock):O}", "pole"));
        (await admin.AskAsync(member.Path()))["affiliation"].GetString().ShouldBe("pole");
        (await admin.AskAsync("/v1/members?affiliation=pole"))["items"].EnumerateArray().ShouldContain(i => i.GetProperty("id").GetString() == member["id"].GetString());
        var told = (await mila.ToldAsync("MemberChanged", member)).ShouldHaveSingleItem();
        (told.GetProperty("affiliation").GetString(), told.GetProperty("fields")[0].GetString()).ShouldBe(("pole", "affiliation"));
    }

    [Fact]
    public async Task One_from_later_takes_effect_on_its_day_in_Paris()
    {
        using var admin = mila.Admin();
        var today = ParisTime.Today(mila.Clock);
        var member = await Scenario.ActiveAsync(admin);
        (await admin.TellAsync($"{member.Path()}/affiliations", new { affiliation = "shop", from = "2026-04-01" })).Expect(201);

        // 23:59 of 31 March in Paris, in summer time.
        mila.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 31, 21, 59, 0, TimeSpan.Zero));
        await mila.DrainAsync();
        (await admin.AskAsync(member.Path()))["affiliation"].GetString().ShouldBe("beneficiary");

        mila.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 31, 22, 0, 0, TimeSpan.Zero));
        await mila.DrainAsync();
        var now = (await admin.AskAsync(member.Path())).Expect(200);
        (now["affiliation"].GetString(), now.Etag != member.Etag).ShouldBe(("shop", true));

        var history = (await admin.AskAsync($"{member.Path()}/affiliations")).Expect(200);
        (history["on"].GetString(), history["affiliation"].GetString()).ShouldBe(("2026-04-01", "shop"));
        history["items"].EnumerateArray().Select(i => (i.GetProperty("from").GetString(), i.GetProperty("affiliation").GetString(), i.GetProperty("cause").GetString()))
            .ShouldBe([($"{today:O}", "beneficiary", "staff"), ("2026-04-01", "shop", "staff")]);
        (await admin.AskAsync($"{member.Path()}/affiliations?on=2026-03-31"))["affiliation"].GetString().ShouldBe("beneficiary");
        (await admin.AskAsync($"{member.Path()}/affiliations?on={today.AddDays(-1):O}"))["affiliation"].GetString().ShouldBeNull();
    }

    [Fact]
    public async Task One_that_cannot_be_is_refused()
    {
        using var admin = mila.Admin();
        var member = await Scenario.ActiveAsync(admin);
        var path = $"{member.Path()}/affiliations";

        (await admin.TellAsync(path, new { affiliation = "pole", from = "2026-03-01" })).ShouldRefuse(422, "affiliation-before-admission", "/from affiliation-before-admission");
        (await admin.TellAsync(path, new { affiliation = "tenant" })).ShouldRefuse(422, "request-invalid", "/affiliation wrong-type");
        (await admin.TellAsync(path, new { from = "2026-05-01" })).ShouldRefuse(422, "request-invalid", "/affiliation required");
        (await admin.TellAsync(path, new { affiliation = "pole", from = "9999-01-01" })).ShouldRefuse(422, "request-invalid", "/from out-of-range");
        (await admin.TellAsync(path, "{")).ShouldRefuse(400, "json-malformed");
        (await admin.TellAsync($"{(await Scenario.GoneAsync(admin)).Path()}/affiliations", new { affiliation = "pole" })).ShouldRefuse(409, "member-left");
        (await admin.TellAsync("/v1/members/0194f0c0-0000-7000-8000-000000000000/affiliations", new { affiliation = "pole" })).ShouldRefuse(404, "member-unknown");
        (await admin.AskAsync("/v1/members/0194f0c0-0000-7000-8000-000000000000/affiliations")).ShouldRefuse(404, "member-unknown");
        (await admin.AskAsync($"{path}?on=tomorrow")).Status.ShouldBe(400);

        using var nobody = mila.Anonymous();
        (await nobody.AskAsync(path)).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "membership:read");
        (await reader.AskAsync(path)).Expect(200);
        (await reader.TellAsync(path, new { affiliation = "pole" })).Status.ShouldBe(403);
    }
}
