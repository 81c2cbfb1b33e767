using Mila.BuildingBlocks.Values;

namespace Mila.Partners.Grants;

/// <summary>A grant as the API shows it; its members mean what they mean in <see cref="GrantRequest"/>.</summary>
internal sealed record GrantResponse(
    Guid Id, Guid FunderId, string? Department, int Year, string? Season, GrantStatus Status, Money Amount, Money? Awarded, string? Agreement, int? AgreementFrom, int? AgreementTo,
    IReadOnlyList<Tranche> Tranches, IReadOnlyList<ReportDue> Reports, DateTimeOffset UpdatedAt)
{
    public static GrantResponse Of(Grant g) =>
        new(g.Id, g.Terms.FunderId, g.Terms.Department, g.Terms.Year, g.Terms.Season, g.Terms.Status, g.Terms.Amount, g.Terms.Awarded, g.Terms.Agreement, g.Terms.AgreementFrom, g.Terms.AgreementTo,
            g.Terms.Tranches, g.Terms.Reports, g.UpdatedAt);
}
