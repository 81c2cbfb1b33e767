using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Mila.Host.Tests.Security;

/// <summary>An OpenID Connect provider of a few lines on the loopback address: it publishes where its keys are, and signs what a test wants.</summary>
internal sealed class OidcIssuer : IAsyncDisposable
{
    public const string Audience = "mila";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly WebApplication _app;

    private OidcIssuer(WebApplication app) => _app = app;

    public string Authority { get; private set; } = "";

    public string KeyId => "key-1";

    public static async Task<OidcIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new OidcIssuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = issuer.Authority, jwks_uri = $"{issuer.Authority}/keys" }));
        issuer._app.MapGet("/keys", () => Results.Json(new { keys = new[] { issuer.Public() } }));
        await issuer._app.StartAsync();
        issuer.Authority = issuer._app.Urls.Single();
        return issuer;
    }

    /// <summary>A token that is right in all that the test does not say.</summary>
    public string Token(
        Dictionary<string, object> claims, string? audience = Audience, string? from = null, string? subject = "nina", TimeSpan? begins = null, TimeSpan? lives = null, bool endless = false, SigningKey? signing = null)
    {
        signing ??= new SigningKey("RS256", KeyId, bytes => _rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var unsigned = $"{Part(new Dictionary<string, object?> { ["alg"] = signing.Algorithm, ["typ"] = "JWT", ["kid"] = signing.KeyId })}.{Part(Claims(claims, audience, from, subject, begins, lives, endless))}";
        return $"{unsigned}.{Base64UrlEncoder.Encode(signing.Sign(Encoding.ASCII.GetBytes(unsigned)))}";
    }

    public string Unsigned(Dictionary<string, object> claims, string? algorithm = "none") =>
        $"{Part(algorithm is null ? new() { ["typ"] = "JWT" } : new() { ["alg"] = algorithm, ["typ"] = "JWT" })}.{Part(Claims(claims, Audience, null, "nina", null, null, false))}.";

    /// <summary>Somebody else's key under this name.</summary>
    public static SigningKey Stranger(string keyId) => new("RS256", keyId, bytes =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    });

    /// <summary>What everybody can read, used as if it were a shared secret (RFC 8725 section 2.1).</summary>
    public SigningKey PublicKeyAsPassword() => new("HS256", KeyId, bytes => HMACSHA256.HashData(Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()), bytes));

    /// <summary>The same token with another subject under the old signature.</summary>
    public static string Changed(string token)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("nina", "boss", StringComparison.Ordinal))}.{parts[2]}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    private Dictionary<string, object?> Claims(Dictionary<string, object> claims, string? audience, string? from, string? subject, TimeSpan? begins, TimeSpan? lives, bool endless)
    {
        // Tokens are checked by the clock of the machine.
        var now = TimeProvider.System.GetUtcNow();
        var all = claims.ToDictionary(c => c.Key, c => (object?)c.Value);
        all["iss"] = from ?? Authority;
        all["nbf"] = (now + (begins ?? TimeSpan.FromMinutes(-5))).ToUnixTimeSeconds();
        if (audience is not null) all["aud"] = audience;
        if (subject is not null) all["sub"] = subject;
        if (!endless) all["exp"] = (now + (lives ?? TimeSpan.FromHours(1))).ToUnixTimeSeconds();
        return all;
    }

    private object Public()
    {
        var parameters = _rsa.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
    }

    private static string Part(Dictionary<string, object?> members) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(members));

    /// <summary>How a token is signed.</summary>
    internal sealed record SigningKey(string Algorithm, string KeyId, Func<byte[], byte[]> Sign);
}
