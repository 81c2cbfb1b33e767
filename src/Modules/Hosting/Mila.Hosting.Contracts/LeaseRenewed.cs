using MediatR;

namespace Mila.Hosting.Contracts;

/// <summary>A lease goes on until a later day.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="LeaseId">The lease.</param>
/// <param name="SpaceCode">The space.</param>
/// <param name="SpaceKind"><c>office</c>, <c>desk</c>, <c>studio</c> or <c>shop</c>.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day, included.</param>
/// <param name="At">When this was said.</param>
public sealed record LeaseRenewed(Guid MemberId, Guid LeaseId, string SpaceCode, string SpaceKind, DateOnly StartsOn, DateOnly EndsOn, DateTimeOffset At) : INotification;
