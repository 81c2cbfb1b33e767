using System.Security.Cryptography;
using System.Text;
using Mila.BuildingBlocks.Pages;

namespace Mila.Partners.Proofs;

/// <summary>How long a proof is good, and when it is not.</summary>
internal static class ProofRules
{
    /// <summary>The longest that a proof is good for.</summary>
    public const int LongestSeconds = 300;

    public const int ShortestSeconds = 30;

    /// <summary>So much may the clocks of two servers differ.</summary>
    public const int SkewSeconds = 30;

    /// <summary>What is kept of a token is kept until no clock takes it any more.</summary>
    public static DateTimeOffset ForgottenAt(long expiresAt) => DateTimeOffset.FromUnixTimeSeconds(expiresAt + (2 * SkewSeconds));

    /// <summary>What is wrong with its times; null when nothing is.</summary>
    public static Error? Fault(ProofClaims claims, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        if (claims.ExpiresAt - claims.IssuedAt > LongestSeconds) return ProofErrors.TooLongLived;
        if (claims.IssuedAt > seconds + SkewSeconds || claims.NotBefore > seconds + SkewSeconds) return ProofErrors.NotYetValid;
        return seconds >= claims.ExpiresAt + SkewSeconds ? ProofErrors.Expired : null;
    }

    /// <summary>Under which a token is remembered: two issuers may draw one id.</summary>
    public static Guid KeyOf(string issuer, string id) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{id}")).AsSpan(0, 16));
}

/// <summary>What MILA calls itself in proofs.</summary>
internal sealed class ProofNames(PublicAddress address)
{
    /// <summary>Its <c>iss</c>, and the <c>aud</c> of proofs that are meant for it: the setting <c>PublicUrl</c>, never what a request says of its host; <c>urn:mila</c> without one.</summary>
    public string Issuer => address.Configured ?? "urn:mila";
}
