using Mila.BuildingBlocks.Values;
using Mila.Membership.Affiliations;

namespace Mila.Membership.Members;

/// <summary>A member as the API shows it.</summary>
/// <param name="Id">The member.</param>
/// <param name="Name">Its name.</param>
/// <param name="Slug">Its address in the directory.</param>
/// <param name="Siren">Nine digits.</param>
/// <param name="Activities">What it does.</param>
/// <param name="Affiliation">How it belongs on today's date in Paris; null while nothing is decided of a candidate.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="GoodStanding">Whether it may have what is for members.</param>
/// <param name="Tagline">One line about it.</param>
/// <param name="Website">Its own site.</param>
/// <param name="LogoUrl">Its logo.</param>
/// <param name="NotableArtists">Artists that it worked with.</param>
/// <param name="AdmittedOn">First day of its present or last membership.</param>
/// <param name="LeftOn">Last day of its membership, where that has ended.</param>
/// <param name="SuspensionReason">Why it is suspended, where somebody said it.</param>
/// <param name="UpdatedAt">Last change.</param>
internal sealed record MemberResponse(
    Guid Id, string Name, string Slug, string? Siren, IReadOnlyList<Activity> Activities, Affiliation? Affiliation, MemberStatus Status, bool GoodStanding, LocalizedText? Tagline,
    string? Website, string? LogoUrl, IReadOnlyList<string> NotableArtists, DateOnly? AdmittedOn, DateOnly? LeftOn, string? SuspensionReason, DateTimeOffset UpdatedAt)
{
    public static MemberResponse Of(Member m) => new(
        m.Id, m.Profile.Name, m.Slug, m.Profile.Siren, m.Profile.Activities, m.Affiliation, m.Status, m.GoodStanding, m.Profile.Tagline, m.Profile.Website, m.Profile.LogoUrl,
        m.Profile.NotableArtists, m.AdmittedOn, m.LeftOn, m.Suspension?.Reason, m.UpdatedAt);
}
