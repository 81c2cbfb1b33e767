using MediatR;

namespace Mila.Membership.Contracts;

/// <summary>A member has one more contact. Who that is stays in Membership.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="MemberId">At which member.</param>
/// <param name="At">When.</param>
public sealed record ContactAdded(Guid ContactId, Guid MemberId, DateTimeOffset At) : INotification;
