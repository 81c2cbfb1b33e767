using Mila.BuildingBlocks.Values;

namespace Mila.Partners.Grants;

/// <summary>What staff say of a grant.</summary>
/// <param name="FunderId">A partner that is a funder; never changes.</param>
/// <param name="Year">The year it is for, 2002 to 2100.</param>
/// <param name="Amount">How much was asked for, in euros.</param>
/// <param name="Department">The funder's department, at most 50 characters.</param>
/// <param name="Season"><c>2025/2026</c>, where it is for a season: two years that follow each other, of which <c>year</c> is one.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Agreement">The agreement it rests on, at most 200 characters.</param>
/// <param name="AgreementFrom">The first year of an agreement over several years.</param>
/// <param name="AgreementTo">Its last year.</param>
/// <param name="Awarded">How much was promised, where it is not what was asked for.</param>
/// <param name="Tranches">In which parts it is paid, at most 50. Staff are reminded on the day one is due.</param>
/// <param name="Reports">The reports owed to the funder, at most 20. Staff are reminded before each.</param>
internal sealed record GrantRequest(
    Guid FunderId, int Year, Money Amount, string? Department = null, string? Season = null, GrantStatus Status = GrantStatus.Requested, string? Agreement = null, int? AgreementFrom = null,
    int? AgreementTo = null, Money? Awarded = null, IReadOnlyList<Tranche>? Tranches = null, IReadOnlyList<ReportDue>? Reports = null)
{
    public GrantTerms ToTerms() => new(FunderId, Department, Year, Season, Status, Amount, Awarded, Agreement, AgreementFrom, AgreementTo, Tranches ?? [], Reports ?? []);

    /// <summary>What a patch starts from.</summary>
    public static GrantRequest Of(Grant g) =>
        new(g.Terms.FunderId, g.Terms.Year, g.Terms.Amount, g.Terms.Department, g.Terms.Season, g.Terms.Status, g.Terms.Agreement, g.Terms.AgreementFrom, g.Terms.AgreementTo, g.Terms.Awarded,
            g.Terms.Tranches, g.Terms.Reports);

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
            RuleFor(g => g.AgreementFrom).InclusiveBetween(2002, 2100);
            RuleFor(g => g.AgreementTo).InclusiveBetween(2002, 2100);
            RuleFor(g => g.Awarded!).NotNegative().When(g => g.Awarded is not null);
            RuleFor(g => g.Tranches!).AtMost(50);
            RuleForEach(g => g.Tranches!).NotNull().ChildRules(tranche =>
            {
                tranche.RuleFor(t => t.Amount).NotNegative();
                tranche.RuleFor(t => t.DueOn).WithinReason();
                tranche.RuleFor(t => t.PaidOn).WithinReason();
            });
            RuleFor(g => g.Reports!).AtMost(20);
            RuleForEach(g => g.Reports!).NotNull().ChildRules(report =>
            {
                report.RuleFor(r => r.Year).InclusiveBetween(2002, 2100);
                report.RuleFor(r => r.DueOn).WithinReason();
                report.RuleFor(r => r.SentOn).WithinReason();
            });
        }
    }
}
