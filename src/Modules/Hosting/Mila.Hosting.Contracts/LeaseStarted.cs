using MediatR;

namespace Mila.Hosting.Contracts;

/// <summary>A space is at a member's disposal from now on.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="LeaseId">The lease.</param>
/// <param name="SpaceCode">The space.</param>
/// <param name="SpaceKind"><c>office</c>, <c>desk</c>, <c>studio</c> or <c>shop</c>.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day, included.</param>
/// <param name="At">When this was said.</param>
public sealed record LeaseStarted(Guid MemberId, Guid LeaseId, string SpaceCode, string SpaceKind, DateOnly StartsOn, DateOnly EndsOn, DateTimeOffset At) : INotification;
