using Mila.BuildingBlocks.Values;

namespace Mila.Signage.Panels;

/// <summary>What staff say of a panel, when they request it and when they change it.</summary>
/// <param name="SpaceCode">The shop; never changes.</param>
/// <param name="MemberId">The member that it names; what is not said below is taken from that member. Later it follows from the lease.</param>
/// <param name="Mounting"><c>insideWindow</c>, or <c>outdoor</c> with the landlord's authorisation; until it is printed.</param>
/// <param name="CompanyName">At most 200 characters.</param>
/// <param name="Tagline">At most 300 characters a language.</param>
/// <param name="Activity">What the company does, at most 300 characters.</param>
/// <param name="Website">Where the panel's code leads: https, without a user name.</param>
/// <param name="LogoUrl">Its logo: https.</param>
/// <param name="NotableArtists">Artists that it worked with, at most 50.</param>
internal sealed record PanelRequest(
    string SpaceCode, Guid? MemberId = null, Mounting Mounting = Mounting.InsideWindow, string? CompanyName = null, LocalizedText? Tagline = null, string? Activity = null,
    string? Website = null, string? LogoUrl = null, IReadOnlyList<string>? NotableArtists = null)
{
    public PanelPlan ToPlan() => new(SpaceCode, MemberId, Mounting, new PanelContent(CompanyName, Tagline, Activity, Website, LogoUrl, NotableArtists ?? []));

    /// <summary>What a patch starts from.</summary>
    public static PanelRequest Of(Panel p) => new(
        p.SpaceCode, p.MemberId, p.Mounting, p.Content.CompanyName, p.Content.Tagline, p.Content.Activity, p.Content.Website, p.Content.LogoUrl, p.Content.NotableArtists);

    internal sealed class Validator : AbstractValidator<PanelRequest>
    {
        public Validator()
        {
            RuleFor(r => r.SpaceCode).SpaceCode();
            RuleFor(r => r.CompanyName).MaximumLength(200);
            RuleFor(r => r.Tagline!).Text(1, 300).When(r => r.Tagline is not null);
            RuleFor(r => r.Activity).MaximumLength(300);
            RuleFor(r => r.Website!).HttpsUrl().When(r => r.Website is not null);
            RuleFor(r => r.LogoUrl!).HttpsUrl().When(r => r.LogoUrl is not null);
            RuleFor(r => r.NotableArtists!).AtMost(50).When(r => r.NotableArtists is not null);
            RuleForEach(r => r.NotableArtists).NotEmpty().MaximumLength(200);
        }
    }
}
