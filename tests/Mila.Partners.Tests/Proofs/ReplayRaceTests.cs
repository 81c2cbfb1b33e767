using Mila.Testing.App;

namespace Mila.Partners.Tests.Proofs;

[Collection(nameof(LocksOff))]
public sealed class ReplayRaceTests(ProofMila mila) : IClassFixture<ProofMila>
{
    [Fact]
    public async Task Of_many_that_use_one_proof_at_once_one_is_believed()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        for (var round = 0; round < 5; round++)
        {
            (await UsedAtOnceAsync(house, await house.IssuedAsync())).ShouldBe(1);
            (await UsedAtOnceAsync(house, house.Signer.Sign(house.Claims()))).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Control_without_the_lock_several_are()
    {
        using var house = await ProofHouse.BuildAsync(mila);
        using var off = new WithoutNameLocks();
        for (var tries = 0; tries < 20; tries++)
        {
            if ((await AskAtOnceAsync(house, house.Signer.Sign(house.Claims()))).Count(a => a.Status == 200) > 1) return;
        }

        Assert.Fail("The lock was off, and still each proof was used once.");
    }

    private static async Task<int> UsedAtOnceAsync(ProofHouse house, string token)
    {
        var answers = await AskAtOnceAsync(house, token);
        foreach (var refused in answers.Where(a => a.Status != 200)) refused.ShouldRefuse(409, "proof-replayed");
        return answers.Count(a => a.Status == 200);
    }

    private static Task<Answer[]> AskAtOnceAsync(ProofHouse house, string token) => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => house.VerifyAsync(token)));
}
