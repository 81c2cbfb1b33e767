using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Values;

namespace Mila.Partners.FundingPlans;

/// <summary>What MILA promised its funders for one year: the budget, and lines that say by which rule what was done counts for them.</summary>
internal sealed class FundingPlan : IDocument
{
    [JsonConstructor]
    private FundingPlan(Guid id, int year, FundingTerms terms, DateTimeOffset updatedAt, ImportMark? import) => (Id, Year, Terms, UpdatedAt, Import) = (id, year, terms, updatedAt, import);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public int Year { get; }

    public FundingTerms Terms { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public ImportMark? Import { get; set; }

    public static Result<FundingPlan> Draw(Guid id, int year, FundingTerms terms, DateTimeOffset now) => terms.Fault(year) is { } fault ? fault : new FundingPlan(id, year, terms, now, import: null);

    public Result Change(FundingTerms terms, DateTimeOffset now)
    {
        if (terms.Fault(Year) is { } fault) return fault;

        (Terms, UpdatedAt) = (terms, now);
        return Result.Done;
    }
}

/// <summary>What staff say of a year's money.</summary>
/// <param name="Budget">All of it.</param>
/// <param name="OwnResourcesPercent">Which share of it MILA earns itself.</param>
/// <param name="SelfFinancedPercent">Which share is covered without the funders' operating grants.</param>
/// <param name="OwnResourcesReceived">How much of its own was received so far, where somebody has said.</param>
/// <param name="Lines">What was promised.</param>
internal sealed record FundingTerms(Money Budget, decimal? OwnResourcesPercent, decimal? SelfFinancedPercent, Money? OwnResourcesReceived, IReadOnlyList<FundingLine> Lines)
{
    public InvalidError? Fault(int year)
    {
        if (Lines.Select(l => l.Code).Distinct(StringComparer.Ordinal).Count() < Lines.Count) return FundingPlanErrors.LineTwice.At("/lines");

        for (var i = 0; i < Lines.Count; i++)
        {
            if (Lines[i].Rule.Days(year) is var (from, to) && to < from) return FundingPlanErrors.LineEndsBeforeStart.At($"/lines/{i}/endsOn");
        }

        return null;
    }
}

/// <summary>One thing that was promised.</summary>
/// <param name="Code">Its own within the year.</param>
/// <param name="Label">How the report calls it.</param>
/// <param name="FunderIds">To whom; empty is to all.</param>
/// <param name="Measure">In what the target is counted.</param>
/// <param name="Target">How many; null where none was promised.</param>
/// <param name="Amount">What it costs, where that is known.</param>
/// <param name="Rule">Which evidence counts.</param>
internal sealed record FundingLine(string Code, LocalizedText Label, IReadOnlyList<Guid> FunderIds, FundingMeasure Measure, int? Target, Money? Amount, EvidenceRule Rule)
{
    public bool IsFor(Guid funderId) => FunderIds.Count == 0 || FunderIds.Contains(funderId);
}

/// <summary>Which evidence counts for a line: of this kind, of one of these, within these days.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Programmes">Codes of programmes; empty is all.</param>
/// <param name="Services">Codes of services; empty is all.</param>
/// <param name="SpaceKinds">Kinds of spaces; empty is all.</param>
/// <param name="StartsOn">First day; without it the year's.</param>
/// <param name="EndsOn">Last day; without it the year's.</param>
internal sealed record EvidenceRule(
    Evidence.EvidenceKind Kind, IReadOnlyList<string> Programmes, IReadOnlyList<string> Services, IReadOnlyList<string> SpaceKinds, DateOnly? StartsOn = null, DateOnly? EndsOn = null)
{
    /// <summary>The days that count, in a plan of this year.</summary>
    public (DateOnly From, DateOnly To) Days(int year) => (StartsOn ?? new DateOnly(year, 1, 1), EndsOn ?? new DateOnly(year, 12, 31));

    /// <summary>Whether this counts, by today: what begins tomorrow does not yet.</summary>
    public bool Takes(Evidence.EvidenceEntry entry, int year, DateOnly today)
    {
        var (from, to) = Days(year);
        return !entry.Withdrawn && entry.Kind == Kind && entry.Within(from, to < today ? to : today)
            && Of(Programmes, entry.Programme) && Of(Services, entry.Service) && Of(SpaceKinds, entry.SpaceKind);
    }

    private static bool Of(IReadOnlyList<string> wanted, string? value) => wanted.Count == 0 || (value is not null && wanted.Contains(value, StringComparer.Ordinal));
}

/// <summary>In what a target is counted.</summary>
internal enum FundingMeasure
{
    /// <summary>Events, appointments, leases or works.</summary>
    Items,

    /// <summary>Different companies that are members.</summary>
    Companies,

    /// <summary>Places of those who came.</summary>
    Attendance,

    /// <summary>Whole hours.</summary>
    Hours,
}
