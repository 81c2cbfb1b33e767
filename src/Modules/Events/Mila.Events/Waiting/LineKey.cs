using System.Globalization;
using System.Numerics;

namespace Mila.Events.Waiting;

/// <summary>
/// The order of a waiting line as one text to sort by, in hexadecimal digits: the event, then fewer past places, then the time of asking, then the id. Between any two
/// there is room for another, so that one entry is moved by changing that entry alone.
/// </summary>
internal static class LineKey
{
    private const int EventDigits = 32;
    private const int PlainDigits = 82;

    public static string Of(Guid eventId, int pastPlaces, DateTimeOffset asked, Guid id) => $"{eventId:N}{pastPlaces:x2}{asked.UtcTicks:x16}{id:N}";

    /// <summary>Below every entry of the event.</summary>
    public static string First(Guid eventId) => $"{eventId:N}";

    /// <summary>Above every entry of the event.</summary>
    public static string Last(Guid eventId) => $"{eventId:N}{new string('f', EventDigits)}";

    /// <summary>
    /// A text between two others, so close behind the first that nobody who asks later comes between them: such keys have <see cref="PlainDigits"/> digits, and none of these lies there.
    /// </summary>
    public static string Behind(string low, string high)
    {
        var plain = (low.Length > PlainDigits ? Number(low[..PlainDigits], PlainDigits) : Number(low, PlainDigits)) + 1;
        var next = plain.ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(PlainDigits, '0');
        return Between(low, string.CompareOrdinal(next, high) < 0 ? next : high);
    }

    /// <summary>A text between two others: the fraction half-way, in as many digits as it takes. Behind both where they are one, for then there is nothing between them.</summary>
    public static string Between(string low, string high)
    {
        var longest = Math.Max(low.Length, high.Length);
        if (Number(low, longest) >= Number(high, longest)) return low.PadRight(longest, '0') + "8";

        for (var digits = longest + 1; ; digits++)
        {
            var (a, b) = (Number(low, digits), Number(high, digits));
            var middle = (a + b) / 2;
            if (middle <= a || middle >= b) continue;

            var text = middle.ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(digits, '0').TrimEnd('0');
            return text;
        }
    }

    private static BigInteger Number(string hex, int digits) => BigInteger.Parse("0" + hex.PadRight(digits, '0'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
