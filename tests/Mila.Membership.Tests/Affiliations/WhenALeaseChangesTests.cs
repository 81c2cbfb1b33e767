using Mila.Membership.Tests.Members;
using Mila.Testing.App;

namespace Mila.Membership.Tests.Affiliations;

public sealed class WhenALeaseChangesTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_lease_carries_its_member_through_the_affiliations()
    {
        using var admin = mila.Admin();
        await SpacesAsync(admin, ("DSK-01", "desk"), ("SHP-01", "shop"));
        var member = await Scenario.ActiveAsync(admin);
        await mila.DrainAsync();
        (await SignAsync(admin, member, "DSK-01", "2026-04-01", "2026-06-30"))["status"].GetString().ShouldBe("planned");
        var shop = await SignAsync(admin, member, "SHP-01", "2026-05-01", "2027-04-30");

        (await AffiliationAsync(admin, member, new DateTimeOffset(2026, 3, 31, 21, 59, 0, TimeSpan.Zero))).ShouldBe("beneficiary");
        (await AffiliationAsync(admin, member, new DateTimeOffset(2026, 3, 31, 22, 0, 0, TimeSpan.Zero))).ShouldBe("pole");
        (await AffiliationAsync(admin, member, new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero))).ShouldBe("shop");
        (await AffiliationAsync(admin, member, new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero))).ShouldBe("shop");
        (await admin.TellAsync($"/v1/leases/{shop["id"].GetString()}/termination", null)).Expect(200);
        (await AffiliationAsync(admin, member, new DateTimeOffset(2026, 7, 1, 8, 0, 1, TimeSpan.Zero))).ShouldBe("beneficiary");

        (await admin.AskAsync($"{member.Path()}/affiliations"))["items"].EnumerateArray().Select(i => (i.GetProperty("from").GetString(), i.GetProperty("affiliation").GetString(), i.GetProperty("cause").GetString()))
            .ShouldBe([("2026-03-09", "beneficiary", "staff"), ("2026-04-01", "pole", "lease"), ("2026-05-01", "shop", "lease"), ("2026-07-01", "beneficiary", "lease")]);
    }

    [Fact]
    public async Task How_a_member_will_belong_follows_from_what_is_agreed()
    {
        using var admin = mila.Admin();
        await SpacesAsync(admin, ("OFF-21", "office"), ("SHP-21", "shop"));
        var member = await Scenario.ActiveAsync(admin);
        await mila.DrainAsync();
        var today = DateOnly.FromDateTime(mila.Clock.GetUtcNow().UtcDateTime);
        string On(int days) => today.AddDays(days).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        async Task<string?> WillBeAsync(int days) => (await admin.AskAsync($"{member.Path()}/affiliations?on={On(days)}"))["affiliation"].GetString();

        var office = await SignAsync(admin, member, "OFF-21", On(-10), On(100));
        var shop = await SignAsync(admin, member, "SHP-21", On(200), On(300));
        await mila.DrainAsync();
        (await WillBeAsync(100), await WillBeAsync(101), await WillBeAsync(200), await WillBeAsync(301)).ShouldBe(("pole", "beneficiary", "shop", "beneficiary"));

        (await admin.TellAsync($"/v1/leases/{office["id"].GetString()}/renewal", new { endsOn = On(150) })).Expect(200);
        await mila.DrainAsync();
        (await WillBeAsync(150), await WillBeAsync(151)).ShouldBe(("pole", "beneficiary"));

        (await admin.TellAsync($"/v1/leases/{office["id"].GetString()}/termination", new { endsOn = On(50) })).Expect(200);
        (await admin.TellAsync($"/v1/leases/{shop["id"].GetString()}/termination", null)).Expect(200);
        await mila.DrainAsync();
        (await WillBeAsync(50), await WillBeAsync(51), await WillBeAsync(200)).ShouldBe(("pole", "beneficiary", "beneficiary"));
        (await admin.AskAsync(member.Path()))["affiliation"].GetString().ShouldBe("pole");
    }

    [Fact]
    public async Task A_change_of_affiliation_by_a_lease_is_told()
    {
        using var admin = mila.Admin();
        await SpacesAsync(admin, ("OFF-07", "office"));
        var member = await Scenario.ActiveAsync(admin);
        await mila.DrainAsync();
        await SignAsync(admin, member, "OFF-07", "2026-01-01", "2028-01-01");
        await mila.DrainAsync();

        // Admitted at revision 2, of the pole at 3; Hosting's copy has heard of both.
        (await admin.AskAsync(member.Path()))["affiliation"].GetString().ShouldBe("pole");
        (await mila.SqlAsync($"select data ->> 'nameRevision' from hosting.mt_doc_knownmember where id = '{member["id"].GetString()}'")).ShouldBe("3");
    }

    [Fact]
    public async Task Fifty_leases_that_come_and_go_leave_the_member_as_the_last_one_says()
    {
        using var admin = mila.Admin();
        await SpacesAsync(admin, ("DSK-50", "desk"));
        var member = await Scenario.ActiveAsync(admin);
        await mila.DrainAsync();
        var day = new DateOnly(2025, 1, 1);
        for (var i = 0; i < 50; i++) await SignAsync(admin, member, "DSK-50", day.AddDays(i).ToString("O", System.Globalization.CultureInfo.InvariantCulture), day.AddDays(i).ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        await mila.DrainAsync();

        (await admin.AskAsync(member.Path()))["affiliation"].GetString().ShouldBe("beneficiary");
        (await admin.AskAsync($"{member.Path()}/affiliations?on=2025-01-31"))["affiliation"].GetString().ShouldBe("pole");
        (await admin.AskAsync($"{member.Path()}/affiliations?on=2025-02-20"))["affiliation"].GetString().ShouldBe("beneficiary");
    }

    private async Task<string?> AffiliationAsync(HttpClient admin, Answer member, DateTimeOffset at)
    {
        if (at > mila.Clock.GetUtcNow()) mila.Clock.SetUtcNow(at);
        await mila.DrainAsync();
        return (await admin.AskAsync(member.Path()))["affiliation"].GetString();
    }

    private static async Task SpacesAsync(HttpClient admin, params (string Code, string Kind)[] spaces)
    {
        foreach (var (code, kind) in spaces) (await admin.TellAsync("/v1/spaces", new { code, site = "milab", kind })).Expect(201);
    }

    private static async Task<Answer> SignAsync(HttpClient admin, Answer member, string spaceCode, string startsOn, string endsOn) =>
        (await admin.TellAsync("/v1/leases", new { memberId = member["id"].GetString(), spaceCode, startsOn, endsOn })).Expect(201);
}
