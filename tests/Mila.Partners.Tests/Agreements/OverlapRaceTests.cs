using Mila.Testing.App;

namespace Mila.Partners.Tests.Agreements;

[Collection(nameof(LocksOff))]
public sealed class OverlapRaceTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Of_many_that_sign_at_once_one_does() => (await SignedAtOnceAsync()).ShouldBe(1);

    [Fact]
    public async Task Control_without_the_lock_several_do()
    {
        using var off = new WithoutRowLocks();
        for (var tries = 0; tries < 20; tries++)
        {
            if (await SignedAtOnceAsync() > 1) return;
        }

        Assert.Fail("The lock was off, and still one at a time signed.");
    }

    private async Task<int> SignedAtOnceAsync()
    {
        using var admin = mila.Admin();
        var partner = await AgreementsTests.PartnerAsync(admin);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.TellAsync($"{partner}/agreements", new { kind = "access", startsOn = "2026-01-01", grants = new { events = true } })));
        foreach (var refused in answers.Where(a => a.Status != 201)) refused.ShouldRefuse(409, "agreement-overlaps");
        return answers.Count(a => a.Status == 201);
    }
}
