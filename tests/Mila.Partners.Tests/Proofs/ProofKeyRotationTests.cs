using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Proofs;

public sealed class ProofKeyRotationTests(ProofMila mila) : IClassFixture<ProofMila>
{
    [Fact]
    public async Task The_key_before_is_shown_until_no_proof_by_it_is_good_and_what_is_kept_of_proofs_goes()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        using var nobody = mila.Anonymous();
        var (used, pending) = (await house.IssuedAsync(), await house.IssuedAsync());
        (await house.VerifyAsync(used)).Expect(200);
        var first = ProofHouse.Part(pending, 0).Text("kid");
        (await KidsAsync(nobody)).ShouldBe([first]);

        var second = (await house.Admin.TellAsync("/v1/membership-proofs/key-rotation", null)).Expect(200)["kid"].GetString()!;
        (await KidsAsync(nobody)).ShouldBe([second, first]);
        // Who has read the keys a minute ago does not know the new one: until that is over the one before signs.
        mila.Clock.Advance(TimeSpan.FromSeconds(119));
        ProofHouse.Part(await house.IssuedAsync(), 0).Text("kid").ShouldBe(first);
        mila.Clock.Advance(TimeSpan.FromSeconds(1));
        ProofHouse.Part(await house.IssuedAsync(), 0).Text("kid").ShouldBe(second);
        (await house.VerifyAsync(pending)).Expect(200);

        mila.Clock.Advance(TimeSpan.FromSeconds(359));
        await mila.DrainAsync();
        (await KidsAsync(nobody)).ShouldBe([second, first]);
        (await house.VerifyAsync(used)).ShouldRefuse(422, "proof-expired");

        mila.Clock.Advance(TimeSpan.FromSeconds(1));
        await mila.DrainAsync();
        (await KidsAsync(nobody)).ShouldBe([second]);
        (await house.VerifyAsync(pending)).ShouldRefuse(422, "proof-key-unknown");
        foreach (var kind in new[] { "issuedproof", "usedproof" }) (await mila.SqlAsync($"select count(*) from partners.mt_doc_{kind}")).ShouldBe(0L, kind);
        (await mila.SqlAsync("select count(*) from partners.mt_doc_proofkey")).ShouldBe(1L);

        mila.Clock.Advance(TimeSpan.FromDays(90));
        await mila.DrainAsync();
        ProofHouse.Part(await house.IssuedAsync(), 0).Text("kid").ShouldBe(second, "it has signed for long, and the next is only shown yet");
        (await mila.SqlAsync("select count(*) from partners.mt_doc_proofrecord")).ShouldBe(1L);
        var third = (await KidsAsync(nobody)).Except([second]).ShouldHaveSingleItem();
        mila.Clock.Advance(TimeSpan.FromMinutes(2));
        ProofHouse.Part(await house.IssuedAsync(), 0).Text("kid").ShouldBe(third);
        (await KidsAsync(nobody)).ShouldBe([third, second]);

        using var partner = await house.KeyAsync();
        (await partner.TellAsync("/v1/membership-proofs/key-rotation", null)).ShouldRefuse(403, "partner-staff-only");
    }

    private static async Task<string[]> KidsAsync(HttpClient nobody) =>
        [.. (await nobody.AskAsync("/.well-known/jwks.json")).Expect(200)["keys"].EnumerateArray().Select(k => k.Text("kid"))];
}
