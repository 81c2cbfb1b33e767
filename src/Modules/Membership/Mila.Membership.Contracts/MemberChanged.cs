using MediatR;

namespace Mila.Membership.Contracts;

/// <summary>What is known of a member reads differently; also told when its affiliation changes.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Name">Its name.</param>
/// <param name="Slug">Its address in the directory.</param>
/// <param name="Affiliation"><c>shop</c>, <c>pole</c> or <c>beneficiary</c>, today.</param>
/// <param name="Activities">What it does: <c>label</c>, <c>booker</c>…</param>
/// <param name="Status"><c>candidate</c>, <c>active</c>, <c>suspended</c> or <c>left</c>.</param>
/// <param name="GoodStanding">Whether it owes nothing that is due.</param>
/// <param name="TaglineFr">One line about it, in French.</param>
/// <param name="TaglineEn">The same in English.</param>
/// <param name="Website">Its own site.</param>
/// <param name="LogoUrl">Its logo.</param>
/// <param name="NotableArtists">Artists that it worked with.</param>
/// <param name="Fields">Names of the members of the resource that changed.</param>
/// <param name="Revision">Grows with each change of the member.</param>
/// <param name="At">When.</param>
public sealed record MemberChanged(
    Guid MemberId, string Name, string Slug, string Affiliation, IReadOnlyList<string> Activities, string Status, bool GoodStanding, string? TaglineFr, string? TaglineEn, string? Website,
    string? LogoUrl, IReadOnlyList<string> NotableArtists, IReadOnlyList<string> Fields, int Revision, DateTimeOffset At) : INotification;
