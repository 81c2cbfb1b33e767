using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Partners.Claims;

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

    /// <summary>Whether this member may have one more now. Whoever asks holds the row lock, so that what was claimed is all there is.</summary>
    /// <param name="member">Who wants it.</param>
    /// <param name="claimed">What was claimed so far.</param>
    /// <param name="now">When.</param>
    public Result Allows(Members.KnownMember member, ClaimedSoFar claimed, DateTimeOffset now)
    {
        var today = ParisTime.DateOf(now);
        if (member.Name is null) return ClaimErrors.UnknownMember.At("/memberId");
        if (!member.Belongs) return ClaimErrors.NotInGoodStanding;
        if (today < Terms.StartsOn) return ClaimErrors.NotYet;
        if (today > Terms.EndsOn) return ClaimErrors.Over;
        if (claimed.ByMember >= Terms.Limits.PerMember) return ClaimErrors.MemberLimit;
        if (claimed.InPeriod >= Terms.Limits.PerPeriod) return ClaimErrors.PeriodLimit;
        return claimed.InAll >= Terms.Limits.Total ? ClaimErrors.Exhausted : Result.Done;
    }
}

/// <summary>What was agreed.</summary>
internal sealed record DiscountTerms(
    string Partner, Guid? PartnerId, string Offer, string? PromoCode, string? Url, DateOnly? StartsOn, DateOnly? EndsOn, DiscountCategory Category, LocalizedText? Conditions, CodeKind Codes,
    DiscountLimits Limits, bool ShowsCompany)
{
    public InvalidError? Fault() =>
        EndsOn < StartsOn ? DiscountErrors.EndsBeforeStart.At("/endsOn")
        : Codes is CodeKind.Shared && PromoCode is null ? DiscountErrors.CodeNeeded.At("/promoCode")
        : Codes is not CodeKind.Shared && PromoCode is not null ? DiscountErrors.CodeNotShared.At("/promoCode")
        : null;
}

/// <summary>How many may be had; null is no limit.</summary>
/// <param name="Total">In all.</param>
/// <param name="PerMember">By one company.</param>
/// <param name="PerPeriod">By all companies together in one <paramref name="Period"/>.</param>
/// <param name="Period">Of the calendar in Paris.</param>
internal sealed record DiscountLimits(int? Total = null, int? PerMember = null, int? PerPeriod = null, LimitPeriod Period = LimitPeriod.Year)
{
    /// <summary>The first instant of the period in which this one lies.</summary>
    public DateTimeOffset PeriodOf(DateTimeOffset instant)
    {
        var day = ParisTime.DateOf(instant);
        return ParisTime.StartOf(Period switch
        {
            LimitPeriod.Month => new DateOnly(day.Year, day.Month, 1),
            LimitPeriod.Quarter => new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
            _ => new DateOnly(day.Year, 1, 1),
        });
    }
}

/// <summary>How many were claimed when one more is asked for.</summary>
internal sealed record ClaimedSoFar(int InAll, int ByMember, int InPeriod);

/// <summary>A part of the calendar.</summary>
internal enum LimitPeriod
{
    /// <summary>January to December.</summary>
    Year,

    /// <summary>Three months from January, April, July or October.</summary>
    Quarter,

    /// <summary>From the first on.</summary>
    Month,
}

/// <summary>Where in the catalogue an offer stands.</summary>
internal enum DiscountCategory
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>Advice and coaching.</summary>
    Advice,

    /// <summary>Lawyers.</summary>
    Legal,

    /// <summary>Pay, accounts, money.</summary>
    Administration,

    /// <summary>Recording, mastering, pressing.</summary>
    Production,

    /// <summary>Print, street and press.</summary>
    Promotion,

    /// <summary>Halls, studios, places to work.</summary>
    Space,

    /// <summary>Passes for fairs and festivals.</summary>
    Pass,

    /// <summary>Shops and services of the street.</summary>
    Neighbourhood,
}

/// <summary>What a member is given to show or type.</summary>
internal enum CodeKind
{
    /// <summary>Nothing: belonging to MILA is enough.</summary>
    None,

    /// <summary>One code for all.</summary>
    Shared,

    /// <summary>A code of its own for every claim, out of a pool that the merchant gave.</summary>
    PerMember,
}
