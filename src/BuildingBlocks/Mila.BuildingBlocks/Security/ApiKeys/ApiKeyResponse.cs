namespace Mila.BuildingBlocks.Security.ApiKeys;

/// <summary>A key as everybody but its holder sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Kind">Who it is for.</param>
/// <param name="Scopes">What it was granted, without what that implies.</param>
/// <param name="PartnerId">The partner that it is bound to.</param>
/// <param name="Prefix">How the key begins.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="ExpiresAt">From when on it opens nothing; null without end.</param>
/// <param name="LastUsedAt">To the minute. An observation: it changes without the ETag changing.</param>
/// <param name="RevokedAt">When it was revoked.</param>
internal sealed record ApiKeyResponse(
    Guid Id, string Name, KeyKind Kind, IReadOnlyList<string> Scopes, Guid? PartnerId, string Prefix,
    DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    public static ApiKeyResponse Of(ApiKey key, DateTimeOffset? lastUsedAt) =>
        new(key.Id, key.Name, key.Kind, key.Scopes, key.PartnerId, key.Prefix, key.CreatedAt, key.ExpiresAt, lastUsedAt, key.RevokedAt);
}

/// <summary>A key on the only occasion that its text is shown.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Key">The text to send as <c>Authorization: Bearer</c>. It cannot be read again.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Kind">Who it is for.</param>
/// <param name="Scopes">What it was granted.</param>
/// <param name="PartnerId">The partner that it is bound to.</param>
/// <param name="Prefix">How the key begins.</param>
/// <param name="CreatedAt">When it was issued.</param>
/// <param name="ExpiresAt">From when on it opens nothing; null without end.</param>
internal sealed record IssuedApiKeyResponse(
    Guid Id, string Key, string Name, KeyKind Kind, IReadOnlyList<string> Scopes, Guid? PartnerId, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    public static IssuedApiKeyResponse Of(IssuedKey issued) => new(
        issued.Key.Id, issued.Secret, issued.Key.Name, issued.Key.Kind, issued.Key.Scopes, issued.Key.PartnerId, issued.Key.Prefix, issued.Key.CreatedAt, issued.Key.ExpiresAt);

    /// <summary>Never the key: this may end in a log.</summary>
    public override string ToString() => Prefix;
}
