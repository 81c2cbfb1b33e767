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
    public async Task A_key_that_guesses_is_stopped_sooner_than_one_that_works()
    {
        using var key = await mila.KeyAsync(null, "partners:write");
        using var another = await mila.KeyAsync(null, "partners:write");
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++) statuses.Add((await GuessAsync(key)).Status);
        statuses.ShouldBe([422, 422, 422, 422, 429]);
        var refused = (await GuessAsync(key)).ShouldRefuse(429, "too-many-requests");
        (refused.Header("RateLimit-Policy"), refused.Header("Retry-After")).ShouldBe(("\"guess\";q=4;w=60", "60"));

        (await key.AskAsync("/v1/partners")).Expect(200).Header("RateLimit").ShouldBe("\"key\";r=19;t=60");
        (await GuessAsync(another)).ShouldRefuse(422, "proof-malformed");
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        (await GuessAsync(key)).ShouldRefuse(422, "proof-malformed");
    }

    private static Task<Answer> GuessAsync(HttpClient key) => key.TellAsync("/v1/membership-proofs/verification", new { token = "a.b.c" });
}
