using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.RateLimiting;

/// <summary>Who is counted when a proxy stands before the server: the caller behind one that is trusted, else whoever connects.</summary>
public sealed class TrustedProxiesTests(TestPostgres postgres)
{
    [Theory]
    [InlineData("127.0.0.0/8, ::1")]
    [InlineData("127.0.0.1,::1/128")]
    public async Task Behind_a_trusted_proxy_each_caller_has_a_quota_of_their_own(string trusted)
    {
        await using var mila = new BehindAProxy(postgres, trusted);
        await mila.InitializeAsync();

        (await AskAsync(mila, "203.0.113.1")).ShouldBe(401);
        (await AskAsync(mila, "203.0.113.1")).ShouldBe(401);
        (await AskAsync(mila, "203.0.113.1")).ShouldBe(429);
        (await AskAsync(mila, "203.0.113.2")).ShouldBe(401);

        // What the caller wrote into the header stands left of what the proxy added, and counts for nothing.
        (await AskAsync(mila, "198.51.100.7, 203.0.113.1")).ShouldBe(429);
        // Two proxies in a row.
        (await AskAsync(mila, "203.0.113.1, 127.0.0.9")).ShouldBe(trusted.Contains('/', StringComparison.Ordinal) && trusted.StartsWith("127.0.0.0", StringComparison.Ordinal) ? 429 : 401);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task Whoever_is_not_trusted_is_not_believed(string? trusted)
    {
        await using var mila = new BehindAProxy(postgres, trusted);
        await mila.InitializeAsync();

        (await AskAsync(mila, "203.0.113.1")).ShouldBe(401);
        (await AskAsync(mila, "203.0.113.2")).ShouldBe(401);
        (await AskAsync(mila, "203.0.113.3")).ShouldBe(429);
    }

    private static async Task<int> AskAsync(BehindAProxy mila, string forwardedFor)
    {
        using var nobody = mila.Anonymous();
        return (await nobody.AskAsync("/v1/events", ("X-Forwarded-For", forwardedFor))).Status;
    }

    private sealed class BehindAProxy(TestPostgres postgres, string? trusted) : TestMila(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("RateLimits:AnonymousPerMinute", "2"), new("TrustedProxies", trusted)];
    }
}
