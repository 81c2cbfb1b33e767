using Mila.BuildingBlocks.Values;
using Mila.Partners.Evidence;

namespace Mila.Partners.FundingPlans;

/// <summary>What staff say of a year's money.</summary>
/// <param name="Year">2002 to 2100; never changes.</param>
/// <param name="Budget">All of it, in euros.</param>
/// <param name="OwnResourcesPercent">Which share of it MILA earns itself, 0 to 100.</param>
/// <param name="SelfFinancedPercent">Which share is covered without the funders' operating grants, 0 to 100.</param>
/// <param name="OwnResourcesReceived">How much of its own was received so far.</param>
/// <param name="Lines">What was promised, at most 100.</param>
internal sealed record FundingPlanRequest(
    int Year, Money Budget, decimal? OwnResourcesPercent = null, decimal? SelfFinancedPercent = null, Money? OwnResourcesReceived = null, IReadOnlyList<FundingPlanRequest.Line>? Lines = null)
{
    /// <param name="Code">Its own within the year.</param>
    /// <param name="Label">How the report calls it, at most 200 characters a language.</param>
    /// <param name="Kind">What counts: what kind of thing was done.</param>
    /// <param name="Programmes">Only of these programmes, by their codes; none is all.</param>
    /// <param name="Services">Only of these services, by their codes; none is all.</param>
    /// <param name="SpaceKinds">Only in these kinds of spaces; none is all.</param>
    /// <param name="StartsOn">Not before this day; without it the year's first.</param>
    /// <param name="EndsOn">Not after this day; without it the year's last.</param>
    /// <param name="Measure">In what the target is counted.</param>
    /// <param name="Target">How many.</param>
    /// <param name="Amount">What it costs.</param>
    /// <param name="FunderIds">To which funders it was promised; none is to all.</param>
    internal sealed record Line(
        string Code, LocalizedText Label, EvidenceKind Kind, IReadOnlyList<string>? Programmes = null, IReadOnlyList<string>? Services = null, IReadOnlyList<string>? SpaceKinds = null,
        DateOnly? StartsOn = null, DateOnly? EndsOn = null, FundingMeasure Measure = FundingMeasure.Items, int? Target = null, Money? Amount = null, IReadOnlyList<Guid>? FunderIds = null)
    {
        public FundingLine ToLine() => new(Code, Label, FunderIds ?? [], Measure, Target, Amount, new EvidenceRule(Kind, Programmes ?? [], Services ?? [], SpaceKinds ?? [], StartsOn, EndsOn));

        public static Line Of(FundingLine l) =>
            new(l.Code, l.Label, l.Rule.Kind, l.Rule.Programmes, l.Rule.Services, l.Rule.SpaceKinds, l.Rule.StartsOn, l.Rule.EndsOn, l.Measure, l.Target, l.Amount, l.FunderIds);
    }

    public FundingTerms ToTerms() => new(Budget, OwnResourcesPercent, SelfFinancedPercent, OwnResourcesReceived, [.. (Lines ?? []).Select(l => l.ToLine())]);

    /// <summary>What a patch starts from.</summary>
    public static FundingPlanRequest Of(FundingPlan p) =>
        new(p.Year, p.Terms.Budget, p.Terms.OwnResourcesPercent, p.Terms.SelfFinancedPercent, p.Terms.OwnResourcesReceived, [.. p.Terms.Lines.Select(Line.Of)]);

    internal sealed class Validator : AbstractValidator<FundingPlanRequest>
    {
        private const int MostLines = 100;

        public Validator()
        {
            RuleFor(p => p.Year).InclusiveBetween(2002, 2100);
            RuleFor(p => p.Budget).NotNegative();
            RuleFor(p => p.OwnResourcesPercent).InclusiveBetween(0, 100);
            RuleFor(p => p.SelfFinancedPercent).InclusiveBetween(0, 100);
            RuleFor(p => p.OwnResourcesReceived!).NotNegative().When(p => p.OwnResourcesReceived is not null);
            RuleFor(p => p.Lines!).AtMost(MostLines);
            RuleForEach(p => p.Lines!).NotNull().SetValidator(new LineValidator());
        }
    }

    private sealed class LineValidator : AbstractValidator<Line>
    {
        private const int Most = 50;

        public LineValidator()
        {
            RuleFor(l => l.Code).Code();
            RuleFor(l => l.Label).Text(1, 200);
            RuleFor(l => l.Kind).IsInEnum();
            RuleFor(l => l.Programmes!).AtMost(Most);
            RuleForEach(l => l.Programmes!).NotEmpty().MaximumLength(50);
            RuleFor(l => l.Services!).AtMost(Most);
            RuleForEach(l => l.Services!).NotEmpty().MaximumLength(50);
            RuleFor(l => l.SpaceKinds!).AtMost(Most);
            RuleForEach(l => l.SpaceKinds!).NotEmpty().MaximumLength(50);
            RuleFor(l => l.StartsOn).WithinReason();
            RuleFor(l => l.EndsOn).WithinReason();
            RuleFor(l => l.Measure).IsInEnum();
            RuleFor(l => l.Target).InclusiveBetween(0, 1_000_000);
            RuleFor(l => l.Amount!).NotNegative().When(l => l.Amount is not null);
            RuleFor(l => l.FunderIds!).AtMost(Most);
        }
    }
}
