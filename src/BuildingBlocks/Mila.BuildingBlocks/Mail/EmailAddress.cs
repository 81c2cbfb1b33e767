using MimeKit;

namespace Mila.BuildingBlocks.Mail;

/// <summary>Whether something can be written to. <c>Shapes.Mailbox</c> asks this too: what a request may say, a mail can go to.</summary>
internal static class EmailAddress
{
    /// <summary>The most an address may hold (RFC 5321 section 4.5.3.1.3, without the angle brackets).</summary>
    public const int MaximumLength = 254;

    // Strict: what the default accepts for the sake of old mail (comments, folding, lists, no domain) is not what people type.
    private static readonly ParserOptions Strict = new() { AddressParserComplianceMode = RfcComplianceMode.Strict, AllowAddressesWithoutDomain = false, AllowUnquotedCommasInAddresses = false };

    /// <summary>True for one bare address with a domain: <c>nina@label.example</c>.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 2 and <= MaximumLength }
        && !text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character))
        && MailboxAddress.TryParse(Strict, text, out var mailbox)
        && mailbox.Address == text
        && text.IndexOf('@', StringComparison.Ordinal) is > 0 and <= 64;
}
