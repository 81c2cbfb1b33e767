namespace Mila.Membership.Affiliations;

/// <summary>The day of a decided affiliation has come. Scheduled by Membership for itself, at 00:00 in Paris.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="On">The day.</param>
internal sealed record AffiliationDue(Guid MemberId, DateOnly On) : INotification;
