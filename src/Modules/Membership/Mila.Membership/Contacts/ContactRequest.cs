using System.Text.RegularExpressions;

namespace Mila.Membership.Contacts;

/// <summary>What staff say of a contact.</summary>
/// <param name="Name">At most 200 characters.</param>
/// <param name="Email">A mail address.</param>
/// <param name="Phone">Digits and spaces, with a plus before a country code: 6 to 25 characters.</param>
/// <param name="Role">What they do at the member, at most 100 characters.</param>
/// <param name="IsMain">Whether MILA writes to them first; the first contact of a member always is the main one.</param>
internal sealed partial record ContactRequest(string Name, string Email, string? Phone = null, string? Role = null, bool IsMain = false)
{
    public ContactDetails ToDetails() => new(Name, Email, Phone, Role);

    /// <summary>What a patch starts from.</summary>
    public static ContactRequest Of(Contact c) => new(c.Details.Name, c.Details.Email, c.Details.Phone, c.Details.Role, c.IsMain);

    internal sealed partial class Validator : AbstractValidator<ContactRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(200);
            RuleFor(r => r.Email).Mailbox();
            RuleFor(r => r.Phone!).Must(p => PhonePattern().IsMatch(p)).WithErrorCode("wrong-format").WithMessage(_ => Languages.Say("Digits and spaces, with a plus before a country code.", "Des chiffres et des espaces, avec un plus devant l’indicatif du pays.")).When(r => r.Phone is not null);
            RuleFor(r => r.Role).MaximumLength(100);
        }

        [GeneratedRegex(@"^\+?[0-9][0-9 .()-]{4,23}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
        private static partial Regex PhonePattern();
    }
}
