using System.Text.Json.Serialization;

namespace Mila.Partners.Proofs;

/// <summary>A key that MILA signs proofs with. It is shown before it signs, so that whoever keeps the keys for a minute knows it, and after it is replaced for as long as a proof by it may be good.</summary>
internal sealed class ProofKey : IDocument
{
    [JsonConstructor]
    private ProofKey(Guid id, PublicJwk @public, string box, DateTimeOffset drawnAt, DateTimeOffset? shownUntil, DateTimeOffset signsFrom = default) =>
        (Id, Public, Box, DrawnAt, ShownUntil, SignsFrom) = (id, @public, box, drawnAt, shownUntil, signsFrom == default ? drawnAt : signsFrom);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public PublicJwk Public { get; }

    /// <summary>The private key, sealed by the vault for this document.</summary>
    public string Box { get; }

    public DateTimeOffset DrawnAt { get; }

    /// <summary>Of the keys whose time has come, the newest signs.</summary>
    public DateTimeOffset SignsFrom { get; }

    /// <summary>Null until another is drawn to replace it.</summary>
    public DateTimeOffset? ShownUntil { get; private set; }

    public static ProofKey Drawn(Guid id, PublicJwk @public, string box, DateTimeOffset now, DateTimeOffset signsFrom) => new(id, @public, box, now, shownUntil: null, signsFrom);

    /// <summary>From then on it signs no more.</summary>
    public void Retire(DateTimeOffset from) => ShownUntil ??= ProofRules.ForgottenAt(from.ToUnixTimeSeconds() + ProofRules.LongestSeconds);

    public bool IsShown(DateTimeOffset now) => ShownUntil is not { } until || until > now;
}
