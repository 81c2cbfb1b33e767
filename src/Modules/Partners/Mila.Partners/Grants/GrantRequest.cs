using Mila.BuildingBlocks.Values;

namespace Mila.Partners.Grants;

/// <summary>What staff say of a grant.</summary>
/// <param name="FunderId">A partner that is a funder; never changes.</param>
/// <param name="Year">The year it is for, 2002 to 2100.</param>
/// <param name="Amount">How much, in euros.</param>
/// <param name="Department">The funder's department, at most 50 characters.</param>
/// <param name="Season"><c>2025/2026</c>, where it is for a season.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Agreement">The agreement it rests on, at most 200 characters.</param>
internal sealed record GrantRequest(
    Guid FunderId, int Year, Money Amount, string? Department = null, string? Season = null, GrantStatus Status = GrantStatus.Requested, string? Agreement = null)
{
    public GrantTerms ToTerms() => new(FunderId, Department, Year, Season, Status, Amount, Agreement);

    /// <summary>What a patch starts from.</summary>
    public static GrantRequest Of(Grant g) => new(g.Terms.FunderId, g.Terms.Year, g.Terms.Amount, g.Terms.Department, g.Terms.Season, g.Terms.Status, g.Terms.Agreement);

    internal sealed class Validator : AbstractValidator<GrantRequest>
    {
        public Validator()
        {
            RuleFor(g => g.FunderId).NotEmpty();
            RuleFor(g => g.Year).InclusiveBetween(2002, 2100);
            RuleFor(g => g.Amount).NotNegative();
            RuleFor(g => g.Department).MaximumLength(50);
            RuleFor(g => g.Season!).Matches(@"^20\d\d/20\d\d\z").When(g => g.Season is not null);
            RuleFor(g => g.Status).IsInEnum();
            RuleFor(g => g.Agreement).MaximumLength(200);
        }
    }
}
