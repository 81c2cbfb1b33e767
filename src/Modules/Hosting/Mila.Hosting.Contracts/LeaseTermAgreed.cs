using MediatR;

namespace Mila.Hosting.Contracts;

/// <summary>What is agreed of days to come: a lease was signed that starts later, or one that runs will end earlier than agreed. Its start, its renewal and its end are told on their own.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="LeaseId">The lease.</param>
/// <param name="SpaceCode">The space.</param>
/// <param name="SpaceKind"><c>office</c>, <c>desk</c>, <c>studio</c> or <c>shop</c>.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day, included.</param>
/// <param name="At">When this was said.</param>
public sealed record LeaseTermAgreed(Guid MemberId, Guid LeaseId, string SpaceCode, string SpaceKind, DateOnly StartsOn, DateOnly EndsOn, DateTimeOffset At) : INotification;
