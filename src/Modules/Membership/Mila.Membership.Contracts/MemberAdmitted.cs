using MediatR;

namespace Mila.Membership.Contracts;

/// <summary>A company has become a member.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Name">Its name.</param>
/// <param name="Slug">Its address in the directory.</param>
/// <param name="Affiliation"><c>shop</c>, <c>pole</c> or <c>beneficiary</c>, on the day of admission.</param>
/// <param name="Activities">What it does: <c>label</c>, <c>booker</c>…</param>
/// <param name="GoodStanding">Whether it owes nothing that is due.</param>
/// <param name="Revision">Grows with each change of the member.</param>
/// <param name="At">When.</param>
public sealed record MemberAdmitted(
    Guid MemberId, string Name, string Slug, string Affiliation, IReadOnlyList<string> Activities, bool GoodStanding, int Revision, DateTimeOffset At) : INotification;
