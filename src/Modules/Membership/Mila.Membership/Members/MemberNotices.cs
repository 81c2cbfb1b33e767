using Mila.BuildingBlocks.Api;
using Mila.Membership.Affiliations;
using Mila.Membership.Contracts;

namespace Mila.Membership.Members;

/// <summary>A member as other modules are told of it; no contact of it is ever in there.</summary>
internal static class MemberNotices
{
    public static MemberAdmitted Admitted(this Member m) => new MemberAdmitted(
        m.Id, m.Profile.Name, m.Slug, m.AffiliationWord(), m.ActivityWords(), m.GoodStanding, m.Revision, m.UpdatedAt, m.Profile.Tagline?.Fr, m.Profile.Tagline?.En, m.Profile.Website,
        m.Profile.LogoUrl, m.Profile.NotableArtists);

    public static MemberChanged Changed(this Member m, params IReadOnlyList<string> fields) => new MemberChanged(
        m.Id, m.Profile.Name, m.Slug, m.AffiliationWord(), m.ActivityWords(), m.Status.Word(), m.GoodStanding, m.Profile.Tagline?.Fr, m.Profile.Tagline?.En, m.Profile.Website,
        m.Profile.LogoUrl, m.Profile.NotableArtists, fields, m.Revision, m.UpdatedAt);

    private static string AffiliationWord(this Member m) => (m.Affiliation ?? Affiliation.Beneficiary).Word();

    private static string[] ActivityWords(this Member m) => [.. m.Profile.Activities.Select(a => a.Word())];
}
