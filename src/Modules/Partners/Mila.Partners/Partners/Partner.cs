using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;

namespace Mila.Partners.Partners;

/// <summary>A network, venue, landlord, funder or merchant that MILA works with.</summary>
internal sealed class Partner : IDocument
{
    [JsonConstructor]
    private Partner(Guid id, string code, PartnerTerms terms, int revision, DateTimeOffset updatedAt, ImportMark? import) =>
        (Id, Code, Terms, Revision, UpdatedAt, Import) = (id, code, terms, revision, updatedAt, import);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Lower-case words joined by hyphens; never changes, because events name co-hosts by it.</summary>
    public string Code { get; }

    public PartnerTerms Terms { get; private set; }

    /// <summary>Grows with each change: the <c>version</c> of webhooks.</summary>
    public int Revision { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public ImportMark? Import { get; set; }

    public static Partner Register(Guid id, string code, PartnerTerms terms, DateTimeOffset now) => new(id, code, terms, revision: 1, now, import: null);

    /// <summary>Say it anew. Answers the names of the members that changed, as the API writes them.</summary>
    public IReadOnlyList<string> Change(PartnerTerms terms, DateTimeOffset now)
    {
        var fields = Terms.DifferencesFrom(terms);
        if (fields.Count > 0) (Terms, Revision, UpdatedAt) = (terms, Revision + 1, now);
        return fields;
    }
}

/// <summary>What staff say of a partner.</summary>
internal sealed record PartnerTerms(
    string Name, PartnerKind Kind, bool Reciprocity, bool MilaIsMember, bool Followed, int? Since, string? Note, IReadOnlyList<string> Departments, Exchange? Exchange, string? ContactEmail,
    ProofIssuer? Proofs = null, IReadOnlyList<Confidence>? ToldOf = null)
{
    /// <summary>Whether MILA tells the partner of this.</summary>
    public bool IsToldOf(Confidence subject) => ToldOf?.Contains(subject) == true;

    /// <summary>Names of the members in which the two differ, as the API writes them.</summary>
    public IReadOnlyList<string> DifferencesFrom(PartnerTerms other) =>
    [
        .. Name != other.Name ? ["name"] : Array.Empty<string>(),
        .. Kind != other.Kind ? ["kind"] : Array.Empty<string>(),
        .. Reciprocity != other.Reciprocity ? ["reciprocity"] : Array.Empty<string>(),
        .. MilaIsMember != other.MilaIsMember ? ["milaIsMember"] : Array.Empty<string>(),
        .. Followed != other.Followed ? ["followed"] : Array.Empty<string>(),
        .. Since != other.Since ? ["since"] : Array.Empty<string>(),
        .. Note != other.Note ? ["note"] : Array.Empty<string>(),
        .. Departments.SequenceEqual(other.Departments) ? Array.Empty<string>() : ["departments"],
        .. Exchange != other.Exchange ? ["exchange"] : Array.Empty<string>(),
        .. ContactEmail != other.ContactEmail ? ["contactEmail"] : Array.Empty<string>(),
        .. ProofIssuer.Same(Proofs, other.Proofs) ? Array.Empty<string>() : ["proofs"],
        .. (ToldOf ?? []).SequenceEqual(other.ToldOf ?? []) ? Array.Empty<string>() : ["toldOf"],
    ];
}

/// <summary>An exchange in kind.</summary>
/// <param name="Given">What MILA gives.</param>
/// <param name="Received">What MILA receives.</param>
internal sealed record Exchange(string? Given, string? Received);

/// <summary>What is neither public nor the partner's own, and is told to those partners alone that staff chose.</summary>
internal enum Confidence
{
    /// <summary>Which companies join, change, are suspended and leave, by their ids.</summary>
    Members,

    /// <summary>Which spaces are put at which company's disposal, by their ids.</summary>
    Leases,
}

/// <summary>What a partner is to MILA.</summary>
internal enum PartnerKind
{
    /// <summary>A network of companies, like MILA.</summary>
    Network,

    /// <summary>An accompaniment programme.</summary>
    Programme,

    /// <summary>A platform.</summary>
    Platform,

    /// <summary>A hall, an off-site room.</summary>
    Venue,

    /// <summary>A federation.</summary>
    Federation,

    /// <summary>Who owns the premises.</summary>
    Landlord,

    /// <summary>Who grants money.</summary>
    Funder,

    /// <summary>Who offers discounts.</summary>
    Merchant,
}
