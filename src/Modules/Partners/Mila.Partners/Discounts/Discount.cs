using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;

namespace Mila.Partners.Discounts;

/// <summary>An offer that MILA negotiated for its members.</summary>
internal sealed class Discount : IDocument
{
    [JsonConstructor]
    private Discount(Guid id, DiscountTerms terms, DateTimeOffset updatedAt, ImportMark? import) => (Id, Terms, UpdatedAt, Import) = (id, terms, updatedAt, import);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public DiscountTerms Terms { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public ImportMark? Import { get; set; }

    public static Result<Discount> Negotiate(Guid id, DiscountTerms terms, DateTimeOffset now) =>
        terms.Fault() is { } fault ? fault : new Discount(id, terms, now, import: null);

    public Result Change(DiscountTerms terms, DateTimeOffset now)
    {
        if (terms.Fault() is { } fault) return fault;

        (Terms, UpdatedAt) = (terms, now);
        return Result.Done;
    }
}

/// <summary>What was agreed.</summary>
internal sealed record DiscountTerms(string Partner, Guid? PartnerId, string Offer, string? PromoCode, string? Url, DateOnly? StartsOn, DateOnly? EndsOn)
{
    public InvalidError? Fault() => EndsOn < StartsOn ? DiscountErrors.EndsBeforeStart.At("/endsOn") : null;
}
