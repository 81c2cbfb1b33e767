using Mila.BuildingBlocks.Values;

namespace Mila.Partners.Grants;

/// <summary>A grant as the API shows it; its members mean what they mean in <see cref="GrantRequest"/>.</summary>
internal sealed record GrantResponse(
    Guid Id, Guid FunderId, string? Department, int Year, string? Season, GrantStatus Status, Money Amount, string? Agreement, DateTimeOffset UpdatedAt)
{
    public static GrantResponse Of(Grant g) => new(g.Id, g.Terms.FunderId, g.Terms.Department, g.Terms.Year, g.Terms.Season, g.Terms.Status, g.Terms.Amount, g.Terms.Agreement, g.UpdatedAt);
}
