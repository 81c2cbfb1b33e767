using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Values;

namespace Mila.Partners.Grants;

/// <summary>Money that MILA requested from, or was awarded by, a funder.</summary>
internal sealed class Grant : IDocument
{
    [JsonConstructor]
    private Grant(Guid id, GrantTerms terms, DateTimeOffset updatedAt, ImportMark? import) => (Id, Terms, UpdatedAt, Import) = (id, terms, updatedAt, import);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public GrantTerms Terms { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public ImportMark? Import { get; set; }

    public static Grant Request(Guid id, GrantTerms terms, DateTimeOffset now) => new(id, terms, now, import: null);

    public Result Change(GrantTerms terms, DateTimeOffset now)
    {
        if (terms.FunderId != Terms.FunderId) return GrantErrors.FunderFixed.At("/funderId");
        if (terms.Status < Terms.Status) return GrantErrors.StatusBackwards;

        (Terms, UpdatedAt) = (terms, now);
        return Result.Done;
    }
}

/// <summary>What is known of a grant.</summary>
internal sealed record GrantTerms(Guid FunderId, string? Department, int Year, string? Season, GrantStatus Status, Money Amount, string? Agreement);

/// <summary>How far a grant has come; it never goes back.</summary>
internal enum GrantStatus
{
    /// <summary>Asked for.</summary>
    Requested,

    /// <summary>Promised by an agreement.</summary>
    Awarded,

    /// <summary>Received.</summary>
    Paid,

    /// <summary>Accounted for to the funder.</summary>
    Reported,
}
