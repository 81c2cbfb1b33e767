using System.Text.Json.Serialization;

namespace Mila.Partners.Proofs;

/// <summary>A key that MILA signs proofs with; after it is replaced it is shown for as long as a proof by it may be good.</summary>
internal sealed class ProofKey : IDocument
{
    [JsonConstructor]
    private ProofKey(Guid id, PublicJwk @public, string box, DateTimeOffset drawnAt, DateTimeOffset? shownUntil) => (Id, Public, Box, DrawnAt, ShownUntil) = (id, @public, box, drawnAt, shownUntil);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public PublicJwk Public { get; }

    /// <summary>The private key, sealed by the vault for this document.</summary>
    public string Box { get; }

    public DateTimeOffset DrawnAt { get; }

    /// <summary>Null while it signs.</summary>
    public DateTimeOffset? ShownUntil { get; private set; }

    public static ProofKey Drawn(Guid id, PublicJwk @public, string box, DateTimeOffset now) => new(id, @public, box, now, shownUntil: null);

    /// <summary>It signs no more.</summary>
    public void Retire(DateTimeOffset now) => ShownUntil ??= ProofRules.ForgottenAt(now.ToUnixTimeSeconds() + ProofRules.LongestSeconds);

    public bool IsShown(DateTimeOffset now) => ShownUntil is not { } until || until > now;
}
