using MediatR;

namespace Mila.Hosting.Contracts;

/// <summary>A space is no longer at a member's disposal.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="LeaseId">The lease.</param>
/// <param name="SpaceCode">The space.</param>
/// <param name="SpaceKind"><c>office</c>, <c>desk</c>, <c>studio</c> or <c>shop</c>.</param>
/// <param name="EndedOn">Last day, included.</param>
/// <param name="At">When this was said.</param>
public sealed record LeaseEnded(Guid MemberId, Guid LeaseId, string SpaceCode, string SpaceKind, DateOnly EndedOn, DateTimeOffset At) : INotification;
