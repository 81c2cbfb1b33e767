using Mila.Membership.Members;

namespace Mila.Membership.Affiliations;

/// <summary>How a member belongs.</summary>
/// <param name="On">The date that was asked for; else today in Paris.</param>
/// <param name="Affiliation">How it belongs on that date; null before the first is known.</param>
/// <param name="Items">Its history by date, with what is decided for later.</param>
/// <param name="Next">Always null: a history is one page.</param>
internal sealed record AffiliationsResponse(DateOnly On, Affiliation? Affiliation, IReadOnlyList<AffiliationEntry> Items, string? Next = null)
{
    public static AffiliationsResponse Of(Member m, DateOnly on) => new(on, m.History.On(on), m.History.Entries());
}
