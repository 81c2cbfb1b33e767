using System.Security.Cryptography;
using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Proofs;

public sealed class MembershipProofsTests(ProofMila mila) : IClassFixture<ProofMila>
{
    [Fact]
    public async Task A_proof_says_that_a_person_belongs_today_and_nothing_else_and_is_good_once()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        using var partner = await house.KeyAsync();
        var issued = (await house.AskAsync()).Expect(201);
        var token = issued["token"].GetString()!;

        var (header, claims) = (ProofHouse.Part(token, 0), ProofHouse.Part(token, 1));
        claims.EnumerateObject().Select(c => c.Name).ShouldBe(["iss", "aud", "sub", "jti", "iat", "exp"], ignoreOrder: true);
        (claims.Text("iss"), claims.Text("aud")).ShouldBe((ProofMila.Issuer, house.Code));
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).ShouldBe(300);
        (header.Text("alg"), header.Text("typ")).ShouldBe(("EdDSA", "membership-proof+jwt"));
        foreach (var secret in new[] { "Nina", house.MemberId.ToString(), house.ContactId.ToString(), house.ContactId.ToString("N") }) (header.ToString() + claims).ShouldNotContain(secret);

        using var nobody = mila.Anonymous();
        var keys = (await nobody.AskAsync("/.well-known/jwks.json")).Expect(200);
        keys.ContentHeaders.ContentType!.MediaType.ShouldBe("application/jwk-set+json");
        keys.Header("Cache-Control").ShouldBe("public, max-age=60");
        keys["keys"].EnumerateArray().Select(k => k.Text("kid")).ShouldContain(header.Text("kid"));
        keys.Text.ShouldNotContain("\"d\"");

        var good = (await house.VerifyAsync(token, partner)).Expect(200);
        (good["partnerId"].GetGuid(), good["subject"].GetString()).ShouldBe((house.PartnerId, claims.Text("sub")));
        (await house.VerifyAsync(token, partner)).ShouldRefuse(409, "proof-replayed");
        (await house.VerifyAsync(token)).ShouldRefuse(409, "proof-replayed");
    }

    [Fact]
    public async Task A_person_is_the_same_to_one_partner_and_another_to_each_other()
    {
        using var one = await ProofHouse.BuildAsync(mila);
        using var other = await ProofHouse.BuildAsync(mila);
        var first = ProofHouse.Part(await one.IssuedAsync(), 1).Text("sub");
        ProofHouse.Part(await one.IssuedAsync(), 1).Text("sub").ShouldBe(first);
        var elsewhere = (await one.AskAsync(new { audience = other.Code, memberId = one.MemberId, contactId = one.ContactId })).Expect(201)["token"].GetString()!;
        ProofHouse.Part(elsewhere, 1).Text("sub").ShouldNotBe(first);
    }

    [Fact]
    public async Task Each_refusal_to_issue_has_its_code()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        using var other = await ProofHouse.BuildAsync(mila);
        using var partner = await house.KeyAsync();
        using var reader = await mila.KeyAsync(null, "partners:read");
        var right = new { audience = house.Code, memberId = house.MemberId, contactId = house.ContactId };
        (await house.AskAsync(new { audience = "nobody", memberId = house.MemberId, contactId = house.ContactId })).ShouldRefuse(422, "proof-audience-unknown", "/audience proof-audience-unknown");
        (await house.AskAsync(new { audience = house.Code, memberId = Guid.CreateVersion7(), contactId = house.ContactId })).ShouldRefuse(422, "member-unknown", "/memberId member-unknown");
        (await house.AskAsync(new { audience = house.Code, memberId = house.MemberId, contactId = other.ContactId })).ShouldRefuse(422, "contact-unknown", "/contactId contact-unknown");
        (await house.AskAsync(new { audience = house.Code, memberId = house.MemberId, contactId = house.ContactId, lifetimeSeconds = 301 })).ShouldRefuse(422, "request-invalid", "/lifetimeSeconds out-of-range");
        (await partner.TellAsync("/v1/membership-proofs", right)).ShouldRefuse(403, "partner-staff-only");
        (await reader.TellAsync("/v1/membership-proofs", right)).ShouldRefuse(403, "scope-missing");
        using var nobody = mila.Anonymous();
        (await nobody.TellAsync("/v1/membership-proofs", right)).ShouldRefuse(401, "unauthenticated");
        using var given = await ProofHouse.BuildAsync(mila, "given");
        (await given.AskAsync()).ShouldRefuse(409, "agreement-needed");
    }

    [Fact]
    public async Task A_suspended_member_gets_none_and_what_it_has_is_worth_nothing()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        var before = await house.IssuedAsync();
        await house.Admin.MakeAsync($"/v1/members/{house.MemberId}/suspension", new { reason = "dues" });
        await mila.DrainAsync();
        (await house.AskAsync()).ShouldRefuse(409, "member-not-in-good-standing");
        (await house.VerifyAsync(before)).ShouldRefuse(409, "proof-withdrawn");
        await house.Admin.MakeAsync($"/v1/members/{house.MemberId}/reinstatement");
        await mila.DrainAsync();
        (await house.VerifyAsync(before)).Expect(200);
    }

    [Fact]
    public async Task A_contact_that_was_removed_proves_nothing()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        var before = await house.IssuedAsync();
        var contact = $"/v1/members/{house.MemberId}/contacts/{house.ContactId}";
        (await house.Admin.CallAsync("DELETE", contact, null, ("If-Match", await house.Admin.TagAsync(contact)))).Expect(204);
        await mila.DrainAsync();
        (await house.AskAsync()).ShouldRefuse(422, "contact-unknown");
        (await house.VerifyAsync(before)).ShouldRefuse(409, "proof-withdrawn");
    }

    [Fact]
    public async Task When_the_agreement_ends_nothing_is_believed_any_more_on_either_side()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        var (ours, theirs) = (await house.IssuedAsync(), house.Signer.Sign(house.Claims()));
        (await house.Admin.TellAsync($"{house.Agreement}/ending", new { on = DateOnly.FromDateTime(mila.Clock.GetUtcNow().AddDays(-1).Date) })).Expect(200);
        (await house.VerifyAsync(ours)).ShouldRefuse(409, "agreement-needed");
        (await house.VerifyAsync(theirs)).ShouldRefuse(409, "agreement-needed");
        (await house.AskAsync()).ShouldRefuse(409, "agreement-needed");
    }

    [Fact]
    public async Task Ours_is_for_the_partner_that_it_names_alone()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        using var other = await ProofHouse.BuildAsync(mila);
        using var stranger = await other.KeyAsync();
        var token = await house.IssuedAsync();
        (await house.VerifyAsync(token, stranger)).ShouldRefuse(422, "proof-audience-wrong");
        (await house.VerifyAsync(token)).Expect(200);
    }

    [Fact]
    public async Task A_partners_own_proof_is_verified_against_the_keys_that_staff_keep()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        var token = house.Signer.Sign(house.Claims());
        var good = (await house.VerifyAsync(token)).Expect(200);
        (good["partnerId"].GetGuid(), good["issuer"].GetString(), good["subject"].GetString()).ShouldBe((house.PartnerId, house.Theirs, "one of theirs"));
        (await house.VerifyAsync(token)).ShouldRefuse(409, "proof-replayed");

        using var key = await house.KeyAsync();
        (await house.VerifyAsync(house.Signer.Sign(house.Claims()), key)).ShouldRefuse(422, "proof-issuer-unknown");

        var path = $"/v1/partners/{house.PartnerId}";
        (await house.Admin.AmendAsync(path, new { proofs = (object?)null }, await house.Admin.TagAsync(path))).Expect(200);
        (await house.VerifyAsync(house.Signer.Sign(house.Claims()))).ShouldRefuse(422, "proof-issuer-unknown");
    }

    public static TheoryData<string, string> Forged => new()
    {
        { "another audience", "proof-audience-wrong" }, { "expired", "proof-expired" }, { "of tomorrow", "proof-not-yet-valid" }, { "too long", "proof-too-long-lived" }, { "another issuer", "proof-issuer-unknown" },
        { "unknown kid", "proof-key-unknown" }, { "another's key", "proof-signature-wrong" }, { "one bit of the claims", "proof-signature-wrong" }, { "one bit of the signature", "proof-signature-wrong" },
        { "none", "proof-algorithm-refused" }, { "HS256 by the public key", "proof-algorithm-refused" }, { "ES256", "proof-algorithm-refused" }, { "EdDSA by HMAC", "proof-signature-wrong" },
        { "ours forged", "proof-signature-wrong" },
    };

    [Theory, MemberData(nameof(Forged))]
    public async Task What_is_not_as_it_must_be_is_refused_and_noted(string how, string code)
    {
        using var house = await ProofHouse.BuildAsync(mila);
        using var thief = new Signer();
        var now = mila.Clock.GetUtcNow().ToUnixTimeSeconds();
        var token = how switch
        {
            "another audience" => house.Signer.Sign(house.Claims(("aud", "https://elsewhere.example"))),
            "expired" => house.Signer.Sign(house.Claims(("iat", now - 400), ("exp", now - 100))),
            "of tomorrow" => house.Signer.Sign(house.Claims(("iat", now + 86_400), ("exp", now + 86_500))),
            "too long" => house.Signer.Sign(house.Claims(("exp", now + 3600))),
            "another issuer" => house.Signer.Sign(house.Claims(("iss", "https://elsewhere.example"))),
            "unknown kid" => house.Signer.Sign(house.Claims(), new { alg = "EdDSA", typ = "membership-proof+jwt", kid = "nobody" }),
            "another's key" => thief.Sign(house.Claims()),
            "one bit of the claims" => Flipped(house.Signer.Sign(house.Claims()), 1),
            "one bit of the signature" => Flipped(house.Signer.Sign(house.Claims()), 2),
            "none" => Signer.Write(new { alg = "none", typ = "membership-proof+jwt", kid = house.Signer.Kid }, house.Claims(), _ => [0]),
            "HS256 by the public key" => Signer.Write(new { alg = "HS256", typ = "membership-proof+jwt", kid = house.Signer.Kid }, house.Claims(), c => HMACSHA256.HashData(house.Signer.Raw, c)),
            "ES256" => Signer.Write(new { alg = "ES256", typ = "membership-proof+jwt", kid = house.Signer.Kid }, house.Claims(), _ => new byte[64]),
            "EdDSA by HMAC" => Signer.Write(house.Signer.Header(), house.Claims(), c => HMACSHA256.HashData(house.Signer.Raw, c)),
            _ => Signer.Write(ProofHouse.Part(await house.IssuedAsync(), 0), house.Claims(("iss", ProofMila.Issuer), ("aud", house.Code)), _ => new byte[64]),
        };
        (await house.VerifyAsync(token)).ShouldRefuse(422, code);

        var noted = (await house.Admin.AskAsync($"/v1/membership-proofs?partnerId={house.PartnerId}&act=refused")).Expect(200)["items"].EnumerateArray().ToList();
        if (code == "proof-issuer-unknown") noted.ShouldBeEmpty("It is nobody's.");
        else noted.Single().Text("refusal").ShouldBe(code);
    }

    [Fact]
    public async Task What_is_no_token_or_nobodys_is_noted_without_a_word_of_it_and_a_flood_fills_no_table()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        using var partner = await house.KeyAsync();
        using var staff = await mila.KeyAsync(null, "partners:write");
        var strangers = house.Signer.Sign(house.Claims(("iss", "https://nobody.example")));
        var before = (long)(await mila.SqlAsync("select count(*) from partners.mt_doc_proofrecord"))!;
        mila.Clock.SetUtcNow(new DateTimeOffset(mila.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(9), TimeSpan.Zero));

        for (var i = 0; i < 30; i++)
        {
            (await house.VerifyAsync($"flood.{i}.x", partner)).ShouldRefuse(422, "proof-malformed", "/token proof-malformed");
            (await house.VerifyAsync(strangers, staff)).ShouldRefuse(422, "proof-issuer-unknown", "/token proof-issuer-unknown");
        }

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => house.VerifyAsync("x", partner)));
        mila.Clock.Advance(TimeSpan.FromHours(1));
        await house.VerifyAsync("a.b.c", partner);

        ((long)(await mila.SqlAsync("select count(*) from partners.mt_doc_proofrecord"))! - before).ShouldBe(3);
        var own = (await partner.AskAsync("/v1/membership-proofs?refusal=proof-malformed")).Expect(200);
        own["items"].EnumerateArray().Select(r => (r.GetProperty("times").GetInt32(), r.GetProperty("partnerId").GetGuid())).ShouldBe([(40, house.PartnerId), (1, house.PartnerId)], ignoreOrder: true);
        own.Text.ShouldNotContain("flood");
        var nobodys = (await house.Admin.ReadAsync("/v1/membership-proofs?refusal=proof-issuer-unknown&from=2026-03-10")).GetProperty("items").EnumerateArray().Single(r => r.GetProperty("times").GetInt32() == 30);
        (nobodys.Text("kid"), nobodys.GetProperty("partnerId").ValueKind, nobodys.Text("act")).ShouldBe(("", JsonValueKind.Null, "refused"));

        // Gone with the others: one reminder for each, not for each time.
        mila.Clock.Advance(TimeSpan.FromDays(90));
        await mila.DrainAsync();
        (await partner.ReadAsync("/v1/membership-proofs?act=refused")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_record_names_nobody_and_a_partner_reads_its_own()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        using var other = await ProofHouse.BuildAsync(mila);
        var issued = (await house.AskAsync()).Expect(201);
        await house.VerifyAsync(issued["token"].GetString()!);
        var records = (await house.Admin.AskAsync($"/v1/membership-proofs?partnerId={house.PartnerId}")).Expect(200);
        records["items"].EnumerateArray().Select(r => r.Text("act")).ShouldBe(["issued", "accepted"], ignoreOrder: true);
        foreach (var secret in new[] { house.MemberId.ToString(), house.ContactId.ToString(), "nina", "Nina" }) records.Text.ShouldNotContain(secret);
        issued.Header("Location").ShouldBe($"/v1/membership-proofs/{issued["id"].GetString()}");
        (await house.Admin.AskAsync(issued.Header("Location")!)).Expect(200)["act"].GetString().ShouldBe("issued");

        using var key = await house.KeyAsync();
        using var stranger = await other.KeyAsync();
        (await key.AskAsync("/v1/membership-proofs")).Expect(200)["items"].EnumerateArray().ShouldAllBe(r => r.GetProperty("callerId").ValueKind == JsonValueKind.Null);
        (await stranger.AskAsync(issued.Header("Location")!)).ShouldRefuse(404, "proof-record-unknown");
        (await stranger.AskAsync("/v1/membership-proofs")).Expect(200)["items"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Issuers_are_one_partners_each_and_never_MILAs()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        var keys = new[] { house.Signer.Jwk };
        (await house.Admin.TellAsync("/v1/partners", new { code = "impostor", name = "x", kind = "network", proofs = new { issuer = house.Theirs, keys } })).ShouldRefuse(409, "partner-issuer-taken");
        (await house.Admin.TellAsync("/v1/partners", new { code = "impostor", name = "x", kind = "network", proofs = new { issuer = ProofMila.Issuer, keys } })).ShouldRefuse(409, "partner-issuer-taken");
        (await house.Admin.TellAsync("/v1/partners", new { code = "impostor", name = "x", kind = "network", proofs = new { issuer = "i", keys = new[] { new { kid = "a", x = "short" } } } })).ShouldRefuse(422, "request-invalid");
        (await house.Admin.TellAsync("/v1/partners", new { code = "impostor", name = "x", kind = "network", proofs = new { issuer = "i", keys = new[] { new { kid = "a", x = house.Signer.X, alg = "HS256" } } } })).ShouldRefuse(422, "request-invalid");
        (await house.Admin.TellAsync("/v1/partners", new { code = "impostor", name = "x", kind = "network", proofs = new { issuer = "i", keys = new[] { house.Signer.Jwk, house.Signer.Jwk } } })).ShouldRefuse(422, "request-invalid");
    }

    [Fact]
    public async Task The_private_key_is_sealed_at_rest()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        await house.IssuedAsync();
        var stored = (string)(await mila.SqlAsync("select string_agg(data::text, ' ') from partners.mt_doc_proofkey"))!;
        stored.ShouldContain("\"box\"");
        var box = JsonDocument.Parse((string)(await mila.SqlAsync("select data::text from partners.mt_doc_proofkey limit 1"))!).RootElement.Text("box");
        Convert.FromBase64String(box).Length.ShouldBe(1 + 12 + 44 + 16);
    }

    private static string Flipped(string token, int part)
    {
        var parts = token.Split('.');
        var text = parts[part].Replace('-', '+').Replace('_', '/');
        var bytes = Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
        // Within the text of the subject, so that it stays JSON; anywhere in a signature.
        bytes[part == 1 ? System.Text.Encoding.UTF8.GetString(bytes).IndexOf("one of theirs", StringComparison.Ordinal) : 10] ^= 1;
        parts[part] = Signer.Base64Url(bytes);
        return string.Join('.', parts);
    }
}
