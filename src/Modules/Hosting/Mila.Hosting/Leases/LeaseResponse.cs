using Mila.Hosting.Spaces;

namespace Mila.Hosting.Leases;

/// <summary>A lease as the API shows it.</summary>
/// <param name="Id">The lease.</param>
/// <param name="MemberId">The member.</param>
/// <param name="SpaceCode">The space.</param>
/// <param name="SpaceKind">What the space is.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day, included.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="TerminatedOn">The day on which somebody ended it or called it off, where it did not end by itself.</param>
/// <param name="Note">For the staff.</param>
/// <param name="UpdatedAt">Last change.</param>
internal sealed record LeaseResponse(
    Guid Id, Guid MemberId, string SpaceCode, SpaceKind SpaceKind, DateOnly StartsOn, DateOnly EndsOn, LeaseStatus Status, DateOnly? TerminatedOn, string? Note, DateTimeOffset UpdatedAt)
{
    public static LeaseResponse Of(Lease l) => new(l.Id, l.MemberId, l.SpaceCode, l.SpaceKind, l.StartsOn, l.EndsOn, l.Status, l.TerminatedOn, l.Note, l.UpdatedAt);
}
