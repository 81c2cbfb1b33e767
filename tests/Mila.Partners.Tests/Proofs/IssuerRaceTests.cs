using Mila.Testing.App;

namespace Mila.Partners.Tests.Proofs;

[Collection(nameof(LocksOff))]
public sealed class IssuerRaceTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Of_many_that_take_one_issuer_at_once_one_has_it()
    {
        for (var round = 0; round < 5; round++) (await TakenAtOnceAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Control_without_the_lock_several_would()
    {
        using var off = new WithoutNameLocks();
        for (var tries = 0; tries < 20; tries++)
        {
            if (await TakenAtOnceAsync() > 1) return;
        }

        Assert.Fail("The lock was off, and still each issuer was one partner's.");
    }

    /// <summary>Half of them are registered with it, half are changed to it.</summary>
    private async Task<int> TakenAtOnceAsync()
    {
        using var admin = mila.Admin();
        using var signer = new Signer();
        var name = Guid.CreateVersion7().ToString("N");
        var proofs = new { issuer = $"https://{name}.example", keys = new[] { signer.Jwk } };
        var known = new List<(string Path, string Etag)>();
        for (var i = 0; i < 4; i++)
        {
            var made = (await admin.TellAsync("/v1/partners", new { code = $"{name}-{i}", name, kind = "network" })).Expect(201);
            known.Add(($"/v1/partners/{made["id"].GetString()}", made.Etag));
        }

        var answers = await Task.WhenAll(
        [
            .. Enumerable.Range(4, 4).Select(i => admin.TellAsync("/v1/partners", new { code = $"{name}-{i}", name, kind = "network", proofs })),
            .. known.Select(k => admin.AmendAsync(k.Path, new { proofs }, k.Etag)),
        ]);
        foreach (var refused in answers.Where(a => a.Status is not (200 or 201))) refused.ShouldRefuse(409, "partner-issuer-taken");
        return answers.Count(a => a.Status is 200 or 201);
    }
}
