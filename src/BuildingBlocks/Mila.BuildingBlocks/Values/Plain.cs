using System.Globalization;
using System.Text;

namespace Mila.BuildingBlocks.Values;

/// <summary>What people typed, without what no format can carry: XML 1.0 (section 2.2) and iCalendar (RFC 5545 section 3.3.11) know no control characters.</summary>
public static class Plain
{
    // Of letters and signs these alone draw nothing: the fillers of Hangul, and Braille without a dot.
    private static readonly HashSet<int> Blanks = [0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0];

    /// <summary>One line.</summary>
    public static string Line(string text) => Of(text.Replace("\r\n", "\n", StringComparison.Ordinal), ' ');

    /// <summary>Lines that end in a line feed.</summary>
    public static string Lines(string text) => Of(text.Replace("\r\n", "\n", StringComparison.Ordinal), '\n');

    /// <summary>Whether anything of it is seen: white space, control characters, marks without a letter and what has no width are not.</summary>
    public static bool IsVisible(string text) => text.EnumerateRunes().Any(r => !Blanks.Contains(r.Value) && Rune.GetUnicodeCategory(r) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned));

    private static string Of(string text, char newLine)
    {
        if (!text.Any(IsOdd)) return text.Trim();

        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\r' or '\n' or '\u2028' or '\u2029') plain.Append(newLine);
            else if (c is '\t') plain.Append(' ');
            else if (!IsOdd(c)) plain.Append(c);
        }

        return plain.ToString().Trim();
    }

    private static bool IsOdd(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || c is '\uFFFE' or '\uFFFF';
}
