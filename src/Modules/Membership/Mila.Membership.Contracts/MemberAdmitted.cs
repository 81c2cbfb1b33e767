using MediatR;

namespace Mila.Membership.Contracts;

/// <summary>A company has become a member, or is one again.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Name">Its name.</param>
/// <param name="Slug">Its address in the directory.</param>
/// <param name="Affiliation"><c>shop</c>, <c>pole</c> or <c>beneficiary</c>, on the day of admission.</param>
/// <param name="Activities">What it does: <c>label</c>, <c>booker</c>…</param>
/// <param name="GoodStanding">Whether it owes nothing that is due.</param>
/// <param name="Revision">Grows with each change of the member.</param>
/// <param name="At">When.</param>
/// <param name="TaglineFr">One line about it, in French.</param>
/// <param name="TaglineEn">The same in English.</param>
/// <param name="Website">Its own site.</param>
/// <param name="LogoUrl">Its logo.</param>
/// <param name="NotableArtists">Artists that it worked with; null is none.</param>
public sealed record MemberAdmitted(
    Guid MemberId, string Name, string Slug, string Affiliation, IReadOnlyList<string> Activities, bool GoodStanding, int Revision, DateTimeOffset At, string? TaglineFr = null,
    string? TaglineEn = null, string? Website = null, string? LogoUrl = null, IReadOnlyList<string>? NotableArtists = null) : INotification;
