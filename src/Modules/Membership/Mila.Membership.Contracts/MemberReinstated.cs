using MediatR;

namespace Mila.Membership.Contracts;

/// <summary>A suspended member is a member again.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="GoodStanding">Whether it owes nothing that is due.</param>
/// <param name="Revision">Grows with each change of the member.</param>
/// <param name="At">When.</param>
public sealed record MemberReinstated(Guid MemberId, bool GoodStanding, int Revision, DateTimeOffset At) : INotification;
