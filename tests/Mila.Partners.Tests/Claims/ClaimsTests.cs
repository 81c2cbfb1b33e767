using System.Text.Json;
using Mila.Membership.Contracts;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Claims;

public sealed class ClaimsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_member_claims_a_shared_code_and_the_merchant_honours_it_without_learning_who_it_is()
    {
        using var admin = mila.Admin();
        var merchant = await MerchantAsync(admin);
        using var key = await mila.KeyAsync(merchant, "partners:read", "partners:write");
        var discount = (await admin.MakeAsync("/v1/discounts", new { partner = "SNA/GZ", partnerId = merchant, offer = "CD and vinyl pressing", category = "production", promoCode = "MILA26-SECRET", conditions = new { fr = "Dès 300 disques" } })).Id();
        var member = await mila.MemberAsync();

        var claimed = (await admin.TellAsync($"/v1/discounts/{discount}/claims", new { memberId = member })).Expect(201);
        claimed["code"].GetString().ShouldBe("MILA26-SECRET");
        var claim = claimed["claim"].Id();
        claimed.Header("Location").ShouldBe($"/v1/discount-claims/{claim}");
        (await admin.ReadAsync($"/v1/discount-claims/{claim}")).Text("code").ShouldBe("MILA26-SECRET");

        // When the merchant changes the code that all have, those who claimed have the new one.
        (await admin.PatchAsync($"/v1/discounts/{discount}", new { promoCode = "MILA27-SECRET" })).EnsureSuccessStatusCode();
        var before = claimed.Etag;
        var renewed = (await admin.AskAsync($"/v1/discount-claims/{claim}")).Expect(200);
        renewed["code"].GetString().ShouldBe("MILA27-SECRET");
        renewed.Etag.ShouldNotBe(before);
        (await admin.PatchAsync($"/v1/discounts/{discount}", new { url = "https://shop.example/" })).EnsureSuccessStatusCode();
        (await admin.AskAsync($"/v1/discount-claims/{claim}", ("If-None-Match", renewed.Etag))).Expect(200)["url"].GetString().ShouldBe("https://shop.example/");

        var seen = (await key.ReadAsync($"/v1/discounts/{discount}/claims")).GetProperty("items").EnumerateArray().Single();
        (seen.Id(), seen.Text("status"), seen.GetProperty("memberId").ValueKind, seen.GetProperty("company").ValueKind).ShouldBe((claim, "claimed", JsonValueKind.Null, JsonValueKind.Null));
        (await key.ReadAsync($"/v1/discount-claims/{claim}")).GetProperty("code").ValueKind.ShouldBe(JsonValueKind.Null);
        (await key.TellAsync($"/v1/discount-claims/{claim}/redemption", null)).Expect(200)["status"].GetString().ShouldBe("redeemed");
        (await key.TellAsync($"/v1/discount-claims/{claim}/redemption", null)).ShouldRefuse(409, "discount-claim-redeemed");
        (await key.TellAsync($"/v1/discounts/{discount}/redemptions", new { code = "MILA26-SECRET" })).ShouldRefuse(409, "discount-code-shared");
        (await admin.ReadAsync($"/v1/discounts/{discount}/claims?status=redeemed")).GetProperty("items").EnumerateArray().Single().Text("company").ShouldBe("Les Disques du Passage");
    }

    [Fact]
    public async Task A_pool_gives_every_claim_a_code_of_its_own_that_the_merchant_redeems()
    {
        using var admin = mila.Admin();
        var merchant = await MerchantAsync(admin);
        using var key = await mila.KeyAsync(merchant, "partners:write");
        var path = $"/v1/discounts/{(await admin.MakeAsync("/v1/discounts", new { partner = "MaMA", partnerId = merchant, offer = "pass", codes = "perMember", showsCompany = true })).Id()}";
        (await admin.TellAsync($"{path}/codes", new { codes = new[] { "A-1", "A-2", "A-2" } })).Expect(200)["free"].GetInt32().ShouldBe(2);
        var member = await mila.MemberAsync("Poli");

        var first = (await admin.TellAsync($"{path}/claims", new { memberId = member })).Expect(201)["code"].GetString();
        var second = (await admin.TellAsync($"{path}/claims", new { memberId = member })).Expect(201)["code"].GetString();
        new[] { first, second }.ShouldBe(["A-1", "A-2"]);
        (await admin.TellAsync($"{path}/claims", new { memberId = member })).ShouldRefuse(409, "discount-no-code-left");
        (await admin.TellAsync($"{path}/codes", new { codes = new[] { "A-1", "A-3" } })).Expect(200)["free"].GetInt32().ShouldBe(1);

        (await key.TellAsync($"{path}/redemptions", new { code = "A-2" })).Expect(200)["company"].GetString().ShouldBe("Poli");
        (await key.TellAsync($"{path}/redemptions", new { code = "A-3" })).ShouldRefuse(422, "discount-code-unknown", "/code discount-code-unknown");
        (await admin.ReadAsync($"{path}/codes")).GetProperty("given").GetInt32().ShouldBe(2);
        (await key.AskAsync($"{path}/codes")).ShouldRefuse(403, "partner-staff-only");
        (await key.TellAsync($"{path}/codes", new { codes = new[] { "X" } })).ShouldRefuse(403, "partner-staff-only");
        (await admin.PatchAsync(path, new { codes = "none" })).StatusCode.ShouldBe(System.Net.HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task The_merchant_of_today_honours_what_was_claimed_before_the_merchant_changed()
    {
        using var admin = mila.Admin();
        var (former, today) = (await MerchantAsync(admin), await MerchantAsync(admin));
        using var formerKey = await mila.KeyAsync(former, "partners:write");
        using var todaysKey = await mila.KeyAsync(today, "partners:write");
        var path = $"/v1/discounts/{(await admin.MakeAsync("/v1/discounts", new { partner = "Pressing", partnerId = former, offer = "vinyl" })).Id()}";
        var claim = $"/v1/discount-claims/{(await admin.TellAsync($"{path}/claims", new { memberId = await mila.MemberAsync() })).Expect(201)["claim"].Id()}";
        (await formerKey.AskAsync(claim)).Expect(200);
        (await admin.PatchAsync(path, new { partnerId = today })).EnsureSuccessStatusCode();

        (await formerKey.AskAsync(claim)).ShouldRefuse(404, "discount-claim-unknown");
        (await formerKey.TellAsync($"{claim}/redemption", null)).ShouldRefuse(404, "discount-claim-unknown");
        (await todaysKey.AskAsync(claim)).Expect(200);
        (await todaysKey.TellAsync($"{claim}/redemption", null)).Expect(200)["status"].GetString().ShouldBe("redeemed");
    }

    [Fact]
    public async Task Only_members_in_good_standing_see_codes()
    {
        using var admin = mila.Admin();
        var path = $"/v1/discounts/{(await admin.MakeAsync("/v1/discounts", new { partner = "X", offer = "x", promoCode = "SHH" })).Id()}";
        (await admin.TellAsync($"{path}/claims", new { memberId = Guid.CreateVersion7() })).ShouldRefuse(422, "discount-member-unknown", "/memberId discount-member-unknown");
        (await admin.TellAsync($"{path}/claims", new { memberId = await mila.MemberAsync(goodStanding: false) })).ShouldRefuse(409, "discount-member-not-in-good-standing");

        var member = await mila.MemberAsync();
        var claim = $"/v1/discount-claims/{(await admin.TellAsync($"{path}/claims", new { memberId = member })).Expect(201)["claim"].Id()}";
        var before = await admin.AskAsync(claim);
        using var reader = await mila.KeyAsync(null, "partners:read");
        (await reader.ReadAsync(claim)).GetProperty("code").ValueKind.ShouldBe(JsonValueKind.Null);
        await mila.TellAsync(new MemberSuspended(member, 2, mila.Clock.GetUtcNow()));
        (await admin.TellAsync($"{path}/claims", new { memberId = member })).ShouldRefuse(409, "discount-member-not-in-good-standing");
        var after = (await admin.AskAsync(claim, ("If-None-Match", before.Etag))).Expect(200);
        after["code"].ValueKind.ShouldBe(JsonValueKind.Null);
        await mila.TellAsync(new MemberReinstated(member, true, 3, mila.Clock.GetUtcNow()));
        (await admin.ReadAsync(claim)).Text("code").ShouldBe("SHH");
    }

    [Fact]
    public async Task Dates_and_limits_are_kept()
    {
        using var admin = mila.Admin();
        var (one, two) = (await mila.MemberAsync(), await mila.MemberAsync());
        var early = await PathAsync(new { partner = "X", offer = "x", startsOn = "2027-01-01" });
        (await ClaimAsync(early, one)).ShouldRefuse(409, "discount-not-yet-valid");
        (await ClaimAsync(await PathAsync(new { partner = "X", offer = "x", endsOn = "2026-03-08" }), one)).ShouldRefuse(409, "discount-over");
        (await ClaimAsync(await PathAsync(new { partner = "X", offer = "x", startsOn = "2026-03-09", endsOn = "2026-03-09" }), one)).Expect(201);

        var limited = await PathAsync(new { partner = "X", offer = "x", limits = new { total = 3, perMember = 1, perPeriod = 2, period = "year" } });
        (await ClaimAsync(limited, one)).Expect(201);
        (await ClaimAsync(limited, one)).ShouldRefuse(409, "discount-member-limit");
        (await ClaimAsync(limited, two)).Expect(201);
        (await ClaimAsync(limited, await mila.MemberAsync())).ShouldRefuse(409, "discount-period-limit");
        (await admin.PatchAsync(limited, new { limits = new { total = 2, perPeriod = (int?)null } })).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await ClaimAsync(limited, await mila.MemberAsync())).ShouldRefuse(409, "discount-exhausted");

        async Task<string> PathAsync(object discount) => $"/v1/discounts/{(await admin.MakeAsync("/v1/discounts", discount)).Id()}";
        Task<Answer> ClaimAsync(string path, Guid member) => admin.TellAsync($"{path}/claims", new { memberId = member });
    }

    [Fact]
    public async Task Codes_are_in_no_list_and_in_no_other_answer()
    {
        using var admin = mila.Admin();
        var merchant = await MerchantAsync(admin);
        using var key = await mila.KeyAsync(merchant, "partners:read", "partners:write", "events:read");
        var made = await admin.TellAsync("/v1/discounts", new { partner = "Y", partnerId = merchant, offer = "y", promoCode = "HUSH-4711" });
        var path = $"/v1/discounts/{made.Expect(201)["id"].GetGuid()}";
        var claim = (await admin.TellAsync($"{path}/claims", new { memberId = await mila.MemberAsync() })).Expect(201)["claim"].Id();

        made.Text.ShouldNotContain("HUSH");
        foreach (var at in new[] { "/v1/discounts", path, $"{path}/claims", "/v1/changes", "/v1/webhook-messages" }) (await admin.AskAsync(at)).Expect(200).Text.ShouldNotContain("HUSH", customMessage: at);
        foreach (var at in new[] { "/v1/discounts", path, $"{path}/claims", $"/v1/discount-claims/{claim}" }) (await key.AskAsync(at)).Expect(200).Text.ShouldNotContain("HUSH", customMessage: at);
        (await admin.AskAsync($"{path}/codes")).Expect(200)["promoCode"].GetString().ShouldBe("HUSH-4711");
    }

    [Fact]
    public async Task Another_partner_sees_nothing_and_nobody_claims_without_the_scope()
    {
        using var admin = mila.Admin();
        var path = $"/v1/discounts/{(await admin.MakeAsync("/v1/discounts", new { partner = "Z", partnerId = await MerchantAsync(admin), offer = "z" })).Id()}";
        var member = await mila.MemberAsync();
        var claim = $"/v1/discount-claims/{(await admin.TellAsync($"{path}/claims", new { memberId = member })).Expect(201)["claim"].Id()}";
        using var other = await mila.KeyAsync(await MerchantAsync(admin), "partners:read", "partners:write");
        using var reader = await mila.KeyAsync(null, "partners:read");
        using var nobody = mila.Anonymous();

        (await other.AskAsync($"{path}/claims")).ShouldRefuse(404, "discount-unknown");
        (await other.TellAsync($"{path}/claims", new { memberId = member })).ShouldRefuse(404, "discount-unknown");
        (await other.AskAsync(claim)).ShouldRefuse(404, "discount-claim-unknown");
        (await other.TellAsync($"{claim}/redemption", null)).ShouldRefuse(404, "discount-claim-unknown");
        (await other.TellAsync($"{path}/redemptions", new { code = "x" })).ShouldRefuse(404, "discount-unknown");
        (await reader.TellAsync($"{path}/claims", new { memberId = member })).ShouldRefuse(403, "scope-missing");
        (await nobody.TellAsync($"{path}/claims", new { memberId = member })).ShouldRefuse(401, "unauthenticated");
        (await admin.TellAsync($"{path}/claims", new { })).ShouldRefuse(422, "request-invalid");
        (await admin.TellAsync($"{path}/codes", new { codes = new[] { "x" } })).ShouldRefuse(409, "discount-no-pool");
        (await admin.TellAsync("/v1/discounts", new { partner = "Z", offer = "z", codes = "shared" })).ShouldRefuse(422, "discount-code-needed");
        (await admin.TellAsync("/v1/discounts", new { partner = "Z", offer = "z", codes = "perMember", promoCode = "x" })).ShouldRefuse(422, "discount-code-not-shared");
        (await admin.TellAsync("/v1/discounts", new { partner = "Z", offer = "z", limits = new { total = 0 } })).ShouldRefuse(422, "request-invalid");
    }

    private static int _number;

    private static async Task<Guid> MerchantAsync(HttpClient admin) => (await admin.MakeAsync("/v1/partners", new { code = $"merchant-{Interlocked.Increment(ref _number)}", name = "Merchant", kind = "merchant" })).Id();
}
