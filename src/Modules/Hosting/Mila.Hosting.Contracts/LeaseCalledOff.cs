using MediatR;

namespace Mila.Hosting.Contracts;

/// <summary>A lease that was signed will not start.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="LeaseId">The lease.</param>
/// <param name="SpaceCode">The space.</param>
/// <param name="SpaceKind"><c>office</c>, <c>desk</c>, <c>studio</c> or <c>shop</c>.</param>
/// <param name="At">When this was said.</param>
public sealed record LeaseCalledOff(Guid MemberId, Guid LeaseId, string SpaceCode, string SpaceKind, DateTimeOffset At) : INotification;
