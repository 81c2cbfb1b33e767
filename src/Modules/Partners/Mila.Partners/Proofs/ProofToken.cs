using System.Text;
using System.Text.Json;

namespace Mila.Partners.Proofs;

/// <summary>A proof of membership: a JWT (RFC 7519) in compact form, as RFC 8725 advises to write and read it.</summary>
/// <param name="Algorithm">What it says of its signature; only <see cref="PublicJwk.Algorithm"/> is ever believed.</param>
/// <param name="Kid">By which key.</param>
/// <param name="Claims">What it says.</param>
/// <param name="Signed">The bytes that were signed.</param>
/// <param name="Signature">By which.</param>
internal sealed record ProofToken(string Algorithm, string Kid, ProofClaims Claims, byte[] Signed, byte[] Signature)
{
    /// <summary>The longest text that is read.</summary>
    public const int Longest = 4096;

    /// <summary>Its media type: a token of another kind by the same key is no proof (RFC 8725 section 3.11).</summary>
    public const string Type = "membership-proof+jwt";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>The text of a token.</summary>
    public static string Write(string kid, ProofClaims claims, Func<byte[], byte[]> sign)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = PublicJwk.Algorithm, typ = Type, kid });
        var payload = JsonSerializer.SerializeToUtf8Bytes(new { iss = claims.Issuer, aud = claims.Audience, sub = claims.Subject, jti = claims.Id, iat = claims.IssuedAt, exp = claims.ExpiresAt });
        var content = $"{Base64Url.Write(header)}.{Base64Url.Write(payload)}";
        return $"{content}.{Base64Url.Write(sign(Encoding.ASCII.GetBytes(content)))}";
    }

    /// <summary>What a text says, whoever wrote it; null when it is no such token. A list of audiences, a fraction of a second or a header that asks for more is none.</summary>
    public static ProofToken? Read(string text)
    {
        if (text.Length > Longest || text.Split('.') is not [var head, var body, var tail]) return null;
        if (Base64Url.Read(head) is not { } header || Base64Url.Read(body) is not { } payload || Base64Url.Read(tail) is not { } signature) return null;

        try
        {
            using var said = JsonDocument.Parse(header, Strict);
            using var claimed = JsonDocument.Parse(payload, Strict);
            if (said.RootElement.ValueKind != JsonValueKind.Object || said.RootElement.TryGetProperty("crit", out _) || Text(said.RootElement, "typ") != Type) return null;
            if (Text(said.RootElement, "alg") is not { } algorithm || Text(said.RootElement, "kid") is not { } kid || ProofClaims.Read(claimed.RootElement) is not { } claims) return null;

            return new ProofToken(algorithm, kid, claims, Encoding.ASCII.GetBytes($"{head}.{body}"), signature);
        }
        catch (Exception strange) when (strange is JsonException or InvalidOperationException)
        {
            // The latter for what is JSON and no text: half of a surrogate pair, in a name or in a value.
            return null;
        }
    }

    /// <summary>A text without control characters, which no name, key or audience holds and PostgreSQL does not keep.</summary>
    internal static string? Text(JsonElement thing, string name) =>
        thing.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !text.Any(char.IsControl) ? text : null;
}

/// <summary>What a proof says: somebody belongs to the issuer's network, and nothing else of them.</summary>
/// <param name="Issuer">Whose member it is.</param>
/// <param name="Audience">Who may believe it.</param>
/// <param name="Subject">A name of that person for this audience alone, from which nothing leads to the person.</param>
/// <param name="Id">Of the token: it is good for one use.</param>
/// <param name="IssuedAt">Unix seconds.</param>
/// <param name="ExpiresAt">Unix seconds.</param>
/// <param name="NotBefore">Unix seconds, if it says so.</param>
internal sealed record ProofClaims(string Issuer, string Audience, string Subject, string Id, long IssuedAt, long ExpiresAt, long? NotBefore = null)
{
    private const int LongestText = 500;
    private const int ShortestId = 8;
    private const int LongestId = 200;

    public static ProofClaims? Read(JsonElement claims)
    {
        if (claims.ValueKind != JsonValueKind.Object) return null;
        if (ProofToken.Text(claims, "iss") is not { Length: > 0 and <= LongestText } issuer || ProofToken.Text(claims, "aud") is not { Length: > 0 and <= LongestText } audience) return null;
        if (ProofToken.Text(claims, "sub") is not { Length: > 0 and <= LongestText } subject || ProofToken.Text(claims, "jti") is not { Length: >= ShortestId and <= LongestId } id) return null;
        if (!Seconds(claims, "iat", out var issuedAt) || issuedAt is null || !Seconds(claims, "exp", out var expiresAt) || expiresAt is null || !Seconds(claims, "nbf", out var notBefore)) return null;

        return new ProofClaims(issuer, audience, subject, id, issuedAt.Value, expiresAt.Value, notBefore);
    }

    private static bool Seconds(JsonElement claims, string name, out long? seconds)
    {
        seconds = null;
        if (!claims.TryGetProperty(name, out var value)) return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var whole) || whole is < 0 or > 253_402_300_799) return false;

        seconds = whole;
        return true;
    }
}
