using System.Globalization;

namespace Mila.Partners.Webhooks.Schedule;

/// <summary>Reads <c>Retry-After</c> (RFC 9110 section 10.2.3) in each form that a server may send.</summary>
internal static class RetryAfter
{
    private static readonly string[] s_formats =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'", // IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'", // RFC 850: Sunday, 06-Nov-94 08:49:37 GMT
        "ddd MMM d HH:mm:ss yyyy", // asctime: Sun Nov  6 08:49:37 1994
    ];

    // A two-digit year more than 50 years ahead is one of the past (RFC 9110 section 5.6.7); the calendar's own limit is moved with the present.
    private static CultureInfo CultureAt(DateTimeOffset now)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.Calendar.TwoDigitYearMax = now.Year + 50;
        return culture;
    }

    /// <summary>How long to wait from <paramref name="now"/>; null for garbage, for a past date and for no header at all. The longest of several counts.</summary>
    internal static TimeSpan? Read(IEnumerable<string> values, DateTimeOffset now)
    {
        TimeSpan? longest = null;
        foreach (var value in values)
        {
            if (ReadOne(value.Trim(' ', '\t'), now) is { } wait && wait > (longest ?? TimeSpan.Zero)) longest = wait;
        }

        return longest;
    }

    private static TimeSpan? ReadOne(string value, DateTimeOffset now)
    {
        if (value.Length == 0) return null;
        if (value.All(char.IsAsciiDigit)) return TimeSpan.FromSeconds(value.TrimStart('0') is { Length: > 9 } ? 999_999_999 : int.Parse(value, CultureInfo.InvariantCulture));
        if (value.Length > 40) return null;

        return DateTimeOffset.TryParseExact(value, s_formats, CultureAt(now), DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date) ? date - now : null;
    }
}
