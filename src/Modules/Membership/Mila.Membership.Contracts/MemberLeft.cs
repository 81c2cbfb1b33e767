using MediatR;

namespace Mila.Membership.Contracts;

/// <summary>A company is no longer a member.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="On">Its last day.</param>
/// <param name="Revision">Grows with each change of the member.</param>
/// <param name="At">When this was said.</param>
public sealed record MemberLeft(Guid MemberId, DateOnly On, int Revision, DateTimeOffset At) : INotification;
