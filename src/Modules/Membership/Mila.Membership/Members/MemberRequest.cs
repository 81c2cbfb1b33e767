using Mila.BuildingBlocks.Values;

namespace Mila.Membership.Members;

/// <summary>What staff say of a company, when it asks to become a member and whenever that changes.</summary>
/// <param name="Name">Its name, at most 200 characters.</param>
/// <param name="Siren">Nine digits, the last one a check digit; null while the company is being founded.</param>
/// <param name="Activities">What it does, each once.</param>
/// <param name="Tagline">One line about it, 1 to 200 characters a language.</param>
/// <param name="Website">Its own site; https.</param>
/// <param name="LogoUrl">Its logo; https.</param>
/// <param name="NotableArtists">Artists that it worked with, at most 50.</param>
internal sealed record MemberRequest(
    string Name, string? Siren = null, IReadOnlyList<Activity>? Activities = null, LocalizedText? Tagline = null, string? Website = null, string? LogoUrl = null,
    IReadOnlyList<string>? NotableArtists = null)
{
    public MemberProfile ToProfile() => new(Name, Siren, Activities ?? [], Tagline, Website, LogoUrl, NotableArtists ?? []);

    /// <summary>What a patch starts from.</summary>
    public static MemberRequest Of(Member m) =>
        new(m.Profile.Name, m.Profile.Siren, m.Profile.Activities, m.Profile.Tagline, m.Profile.Website, m.Profile.LogoUrl, m.Profile.NotableArtists);

    internal sealed class Validator : AbstractValidator<MemberRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(200);
            RuleFor(r => r.Siren!).Must(Members.Siren.IsValid).WithErrorCode("wrong-format").WithMessage(_ => Languages.Say("Nine digits, the last one the check digit of the others.", "Neuf chiffres, dont le dernier est la clé des autres.")).When(r => r.Siren is not null);
            RuleFor(r => r.Activities!).Must(a => a.Distinct().Count() == a.Count).WithErrorCode("repeated").WithMessage(_ => Languages.Say("Each activity once.", "Chaque activité une seule fois.")).When(r => r.Activities is not null);
            RuleFor(r => r.Tagline!).Text(1, 200).When(r => r.Tagline is not null);
            RuleFor(r => r.Website!).HttpsUrl().When(r => r.Website is not null);
            RuleFor(r => r.LogoUrl!).HttpsUrl().When(r => r.LogoUrl is not null);
            RuleFor(r => r.NotableArtists!).AtMost(50).When(r => r.NotableArtists is not null);
            RuleForEach(r => r.NotableArtists).NotEmpty().MaximumLength(100);
        }
    }
}
