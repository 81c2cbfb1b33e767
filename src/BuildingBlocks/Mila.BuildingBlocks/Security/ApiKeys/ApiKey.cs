using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Security.ApiKeys;

/// <summary>A credential of a program. Only the hash of its secret is kept.</summary>
internal sealed class ApiKey : IDocument
{
    public const int MaximumNameLength = 100;

    [JsonConstructor]
    private ApiKey(
        Guid id, string name, KeyKind kind, IReadOnlyList<string> scopes, Guid? partnerId, string hash, string prefix,
        DateTimeOffset createdAt, DateTimeOffset? expiresAt, DateTimeOffset? revokedAt)
    {
        (Id, Name, Kind, Scopes, PartnerId) = (id, name, kind, scopes, partnerId);
        (Hash, Prefix, CreatedAt, ExpiresAt, RevokedAt) = (hash, prefix, createdAt, expiresAt, revokedAt);
    }

    public Guid Id { get; }

    public string Name { get; }

    public KeyKind Kind { get; }

    public IReadOnlyList<string> Scopes { get; }

    public Guid? PartnerId { get; }

    /// <summary>SHA-256 of the whole key.</summary>
    public string Hash { get; private set; }

    /// <summary>The beginning of the key, by which people recognise it.</summary>
    public string Prefix { get; private set; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset? ExpiresAt { get; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public Guid Version { get; set; }

    /// <summary>A new key, and its text, which is nowhere else.</summary>
    public static Result<IssuedKey> Issue(string name, KeyKind kind, IReadOnlyCollection<string> scopes, Guid? partnerId, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        if ((kind == KeyKind.Admin) != scopes.Contains(Security.Scopes.Admin) || (kind == KeyKind.Admin && scopes.Count > 1)) return ApiKeyErrors.AdminScope.At("/scopes");
        if ((kind == KeyKind.Partner) != partnerId.HasValue) return ApiKeyErrors.PartnerNeeded.At("/partnerId");
        if (kind == KeyKind.Partner && scopes.Except(Security.Scopes.OfPartners).Any()) return ApiKeyErrors.PartnerScope.At("/scopes");
        if (expiresAt <= now) return ApiKeyErrors.ExpiryPast.At("/expiresAt");

        return Make(Guid.CreateVersion7(now), name, kind, scopes, partnerId, expiresAt, now);
    }

    /// <summary>A key that may do everything and does not expire.</summary>
    public static IssuedKey IssueAdministrator(Guid id, string name, DateTimeOffset now) => Make(id, name, KeyKind.Admin, [Security.Scopes.Admin], null, null, now);

    /// <summary>The same key with another text; the old text is worth nothing from now on.</summary>
    public Result<IssuedKey> Rotate(DateTimeOffset now)
    {
        if (RevokedAt is not null) return ApiKeyErrors.Revoked;
        if (ExpiresAt <= now) return ApiKeyErrors.Expired;

        var secret = ApiKeyFormat.Generate(Kind);
        (Hash, Prefix) = (ApiKeyFormat.Hash(secret), ApiKeyFormat.Prefix(secret));
        return new IssuedKey(this, secret);
    }

    /// <summary>Ends the key for good; revoking again changes nothing.</summary>
    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;

    /// <summary>True while the key opens something.</summary>
    public bool IsValid(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);

    public Caller ToCaller() => new(Id.ToString(), Kind.Word(), Scopes, PartnerId);

    private static IssuedKey Make(
        Guid id, string name, KeyKind kind, IReadOnlyCollection<string> scopes, Guid? partnerId, DateTimeOffset? expiresAt, DateTimeOffset now)
    {
        var secret = ApiKeyFormat.Generate(kind);
        var key = new ApiKey(
            id, name, kind, [.. scopes.Distinct().Order(StringComparer.Ordinal)], partnerId,
            ApiKeyFormat.Hash(secret), ApiKeyFormat.Prefix(secret), now, expiresAt, revokedAt: null);
        return new IssuedKey(key, secret);
    }
}

/// <summary>A key and its text, on the way to the one who will keep it.</summary>
internal sealed class IssuedKey(ApiKey key, string secret)
{
    public ApiKey Key => key;

    public string Secret => secret;

    /// <summary>Never the secret: this may end in a log.</summary>
    public override string ToString() => key.Prefix;
}
