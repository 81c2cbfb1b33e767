namespace Mila.Membership.Members;

/// <summary>The number under which INSEE registers a company: nine digits, the last one a check digit by Luhn's formula (ISO/IEC 7812-1, annex B).</summary>
internal static class Siren
{
    private const int Length = 9;

    public static bool IsValid(string text) => text.Length == Length && text.All(char.IsAsciiDigit) && Sum(text) % 10 == 0 && text.Any(c => c != '0');

    // From the right, every second digit counts double, and the digits of that double are added.
    private static int Sum(string digits) => digits.Reverse().Select((c, i) => (c - '0') * (i % 2 == 0 ? 1 : 2)).Sum(n => n > 9 ? n - 9 : n);
}
