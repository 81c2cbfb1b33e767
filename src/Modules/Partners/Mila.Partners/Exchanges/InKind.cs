using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Values;

namespace Mila.Partners.Exchanges;

/// <summary>One thing that MILA gave a partner, or received from it, without money: an evening in a hall, a list of artists.</summary>
internal sealed class InKind : IDocument
{
    [JsonConstructor]
    private InKind(Guid id, Guid partnerId, ExchangeTerms terms, DateTimeOffset updatedAt) => (Id, PartnerId, Terms, UpdatedAt) = (id, partnerId, terms, updatedAt);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid PartnerId { get; }

    public ExchangeTerms Terms { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static InKind Record(Guid id, Guid partnerId, ExchangeTerms terms, DateTimeOffset now) => new(id, partnerId, terms, now);

    /// <summary>Say it anew. False when it says the same.</summary>
    public bool Change(ExchangeTerms terms, DateTimeOffset now)
    {
        if (terms == Terms) return false;

        (Terms, UpdatedAt) = (terms, now);
        return true;
    }
}

/// <summary>What was exchanged.</summary>
internal sealed record ExchangeTerms(ExchangeSide Side, string What, DateOnly On, int Quantity, Money? Value);

/// <summary>Which way it went.</summary>
internal enum ExchangeSide
{
    /// <summary>From MILA to the partner.</summary>
    Given,

    /// <summary>From the partner to MILA.</summary>
    Received,
}
