using System.Globalization;
using System.Text;

namespace Mila.Events.Feeds;

/// <summary>What people typed, without what no format can carry: XML 1.0 (section 2.2) and iCalendar (RFC 5545 section 3.3.11) know no control characters.</summary>
internal static class Plain
{
    /// <summary>One line.</summary>
    public static string Line(string text) => Of(text.Replace("\r\n", "\n", StringComparison.Ordinal), ' ');

    /// <summary>Lines that end in a line feed.</summary>
    public static string Lines(string text) => Of(text.Replace("\r\n", "\n", StringComparison.Ordinal), '\n');

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
