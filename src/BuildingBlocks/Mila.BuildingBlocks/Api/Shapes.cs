using System.Text.Json;
using System.Text.RegularExpressions;
using FluentValidation;
using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Results;
using Mila.BuildingBlocks.Values;

namespace Mila.BuildingBlocks.Api;

/// <summary>Shapes that several modules check: each is said once, with the code that callers see.</summary>
public static partial class Shapes
{
    /// <summary>The earliest instant that any plan speaks of: the association was founded in 2002.</summary>
    public static readonly DateTimeOffset Earliest = new(2002, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The latest.</summary>
    public static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A code: lower-case words and digits joined by hyphens, at most 50 characters.</summary>
    public static IRuleBuilderOptions<T, string> Code<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().MaximumLength(50).Must(c => c is null || CodePattern().IsMatch(c)).WithErrorCode("wrong-format").WithMessage(_ => Languages.Say("Lower-case words joined by hyphens.", "Des mots en minuscules joints par des traits d’union."));

    /// <summary>Whether a text is written as codes are.</summary>
    public static bool IsCode(string text) => text.Length <= 50 && CodePattern().IsMatch(text);

    /// <summary>The code of a space: <c>RUE-01</c>.</summary>
    public static IRuleBuilderOptions<T, string> SpaceCode<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().MaximumLength(20).Must(c => c is null || SpaceCodePattern().IsMatch(c)).WithErrorCode("wrong-format").WithMessage(_ => Languages.Say("Capitals and digits joined by hyphens.", "Des majuscules et des chiffres joints par des traits d’union."));

    /// <summary>A public text of so many characters a language, of which something is seen.</summary>
    public static IRuleBuilderOptions<T, LocalizedText> Text<T>(this IRuleBuilder<T, LocalizedText> rule, int shortest, int longest) =>
        rule.NotNull().ChildRules(text =>
        {
            text.RuleFor(t => t.Fr).NotEmpty().Length(shortest, longest).Visible();
            text.RuleFor(t => t.En).MaximumLength(longest).Must(t => string.IsNullOrEmpty(t) || Plain.IsVisible(t)).WithErrorCode("required").WithMessage(_ => Seen());
        });

    /// <summary>The same in Markdown that can be shown.</summary>
    public static IRuleBuilderOptions<T, LocalizedText> Markdown<T>(this IRuleBuilder<T, LocalizedText> rule, int shortest, int longest) =>
        rule.Text(shortest, longest).ChildRules(text =>
        {
            text.RuleFor(t => t.Fr).Must(t => t is null || t.Length > longest || MarkdownText.CanBeShown(t)).WithErrorCode("too-deep").WithMessage(_ => Shallow());
            text.RuleFor(t => t.En).Must(t => t is null || t.Length > longest || MarkdownText.CanBeShown(t)).WithErrorCode("too-deep").WithMessage(_ => Shallow());
        });

    /// <summary>Not only control characters and others that nobody sees: a link or a heading of them cannot be found. What is empty is for other rules.</summary>
    public static IRuleBuilderOptions<T, string> Visible<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(t => string.IsNullOrWhiteSpace(t) || Plain.IsVisible(t)).WithErrorCode("required").WithMessage(_ => Seen());

    /// <summary>A month: <c>yyyy-MM</c>, from 2002 to 2099.</summary>
    public static IRuleBuilderOptions<T, string> Month<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(m => m is null || MonthPattern().IsMatch(m)).WithErrorCode("wrong-format").WithMessage(_ => Languages.Say("yyyy-MM, from 2002 to 2099.", "yyyy-MM, de 2002 à 2099."));

    /// <summary>An instant between 2002 and 2100.</summary>
    public static IRuleBuilderOptions<T, DateTimeOffset?> WithinReason<T>(this IRuleBuilder<T, DateTimeOffset?> rule) =>
        rule.Must(i => i is null || (i >= Earliest && i < Latest)).WithErrorCode("out-of-range").WithMessage(_ => Languages.Say("Between 2002 and 2100.", "Entre 2002 et 2100."));

    /// <summary>A date between 2002 and 2100.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> WithinReason<T>(this IRuleBuilder<T, DateOnly?> rule) =>
        rule.Must(d => d is null or { Year: >= 2002 and < 2100 }).WithErrorCode("out-of-range").WithMessage(_ => Languages.Say("Between 2002 and 2100.", "Entre 2002 et 2100."));

    /// <summary>A date between 2002 and 2100.</summary>
    public static IRuleBuilderOptions<T, DateOnly> WithinReason<T>(this IRuleBuilder<T, DateOnly> rule) =>
        rule.Must(d => d is { Year: >= 2002 and < 2100 }).WithErrorCode("out-of-range").WithMessage(_ => Languages.Say("Between 2002 and 2100.", "Entre 2002 et 2100."));

    /// <summary>An absolute https URL of at most 2 000 characters.</summary>
    public static IRuleBuilderOptions<T, string> HttpsUrl<T>(this IRuleBuilder<T, string> rule) =>
        rule.MaximumLength(2000).Must(u => u is null || (Uri.TryCreate(u, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0))
            .WithErrorCode("wrong-format").WithMessage(_ => Languages.Say("An absolute https URL.", "Une URL https absolue."));

    /// <summary>A mail address of at most 254 characters (RFC 5321 section 4.5.3.1) that a mail can go to.</summary>
    public static IRuleBuilderOptions<T, string> Mailbox<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().MaximumLength(254).Must(m => m is null || (MailboxPattern().IsMatch(m) && EmailAddress.IsValid(m))).WithErrorCode("wrong-format").WithMessage(_ => Languages.Say("A mail address.", "Une adresse de courriel."));

    /// <summary>At most so many items.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>> AtMost<T, TItem>(this IRuleBuilder<T, IReadOnlyList<TItem>> rule, int most) =>
        rule.Must(l => l is null || l.Count <= most).WithErrorCode("too-many").WithMessage(_ => Languages.Say($"At most {most}.", $"{most} au plus."));

    /// <summary>Money from 0 to <see cref="Values.Money.Largest"/>, in euros.</summary>
    public static IRuleBuilderOptions<T, Money> NotNegative<T>(this IRuleBuilder<T, Money> rule) =>
        rule.NotNull().Must(m => m is null || m.Amount is >= 0 and <= Values.Money.Largest).WithErrorCode("out-of-range").WithMessage(_ => Languages.Say("From 0 to 100 000 000.", "De 0 à 100 000 000."))
            .Must(m => m is null || m.Currency == "EUR").WithErrorCode("unknown-value").WithMessage("EUR.");

    /// <summary>An enum value as the API writes it: lower camel.</summary>
    public static string Word<T>(this T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Seen() => Languages.Say("At least one character that one sees.", "Au moins un caractère qui se voit.");

    private static string Shallow() => Languages.Say("Lists, quotes and emphasis stand too deep in one another.", "Listes, citations et mises en valeur sont trop imbriquées.");

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"^[A-Z0-9]+(-[A-Z0-9]+)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex SpaceCodePattern();

    [GeneratedRegex(@"^20(0[2-9]|[1-9]\d)-(0[1-9]|1[0-2])\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex MonthPattern();

    [GeneratedRegex(@"^[^\s@<>,;:""()\[\]\\\p{C}]{1,64}@[^\s@<>,;:""()\[\]\\\p{C}]+\.[^\s@<>,;:""()\[\]\\\p{C}.]{2,}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex MailboxPattern();
}
