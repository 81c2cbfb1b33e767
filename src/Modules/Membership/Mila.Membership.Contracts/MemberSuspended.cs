using MediatR;

namespace Mila.Membership.Contracts;

/// <summary>A member is suspended: nothing is open to it until it is reinstated.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Revision">Grows with each change of the member.</param>
/// <param name="At">When.</param>
public sealed record MemberSuspended(Guid MemberId, int Revision, DateTimeOffset At) : INotification;
