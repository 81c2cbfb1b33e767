using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Partners.Tests.Proofs;

/// <summary>A Mila where each key may ask a few times a minute.</summary>
public sealed class LimitedMila(TestPostgres postgres) : TestMila(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("RateLimits:KeyPerMinute", "20")];
}

public sealed class ProofLimitTests(LimitedMila mila) : IClassFixture<LimitedMila>
{
    [Fact]
    public async Task A_key_that_guesses_is_stopped()
    {
        using var key = await mila.KeyAsync(null, "partners:write");
        var statuses = new List<int>();
        for (var i = 0; i < 21; i++) statuses.Add((await key.TellAsync("/v1/membership-proofs/verification", new { token = "a.b.c" })).Status);
        statuses[..20].ShouldAllBe(s => s == 422);
        statuses[20].ShouldBe(429);
    }
}
