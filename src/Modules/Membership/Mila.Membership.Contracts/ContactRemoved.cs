using MediatR;

namespace Mila.Membership.Contracts;

/// <summary>Somebody is no longer a contact of a member.</summary>
/// <param name="ContactId">The contact.</param>
/// <param name="MemberId">At which member.</param>
/// <param name="At">When.</param>
public sealed record ContactRemoved(Guid ContactId, Guid MemberId, DateTimeOffset At) : INotification;
