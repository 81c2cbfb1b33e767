using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Documents;

namespace Mila.BuildingBlocks.Security.ApiKeys;

/// <summary>When a key was last used. Apart from the key, so that using a key does not change its version: a key just used can still be revoked by the ETag read
/// before.</summary>
internal sealed class ApiKeyUse : IDocument
{
    [JsonConstructor]
    private ApiKeyUse(Guid id, DateTimeOffset lastUsedAt) => (Id, LastUsedAt) = (id, lastUsedAt);

    /// <summary>The id of the key.</summary>
    public Guid Id { get; }

    /// <summary>To the minute: later uses within the same minute are not written.</summary>
    public DateTimeOffset LastUsedAt { get; private set; }

    public Guid Version { get; set; }

    public static ApiKeyUse First(Guid keyId, DateTimeOffset now) => new(keyId, now);

    /// <summary>Takes the time down; false when that was done less than a minute ago.</summary>
    public bool Note(DateTimeOffset now)
    {
        if (now - LastUsedAt < KeyRing.UseResolution) return false;

        LastUsedAt = now;
        return true;
    }
}
