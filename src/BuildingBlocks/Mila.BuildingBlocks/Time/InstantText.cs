using System.Globalization;
using System.Text.RegularExpressions;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Time;

/// <summary>How callers write instants, in bodies and in queries alike.</summary>
internal static partial class InstantText
{
    private const int Longest = 40;

    /// <summary>What a fault says of it.</summary>
    public static string Rule => Languages.Say(
        "An instant is written as in RFC 3339, 2026-03-02T19:00:00+01:00, or without an offset for the time in Paris.",
        "Un instant s’écrit comme dans la RFC 3339, 2026-03-02T19:00:00+01:00, ou sans décalage pour l’heure de Paris.");

    /// <summary>
    /// The instant: as in RFC 3339, or as a time on the wall in Paris, which is refused where it does not exist and needs its offset where it happens twice. Null for any other text.
    /// Never what the machine takes for local.
    /// </summary>
    public static Result<DateTimeOffset>? Read(string text)
    {
        if (text.Length > Longest) return null;
        if (Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)) return instant;
        if (!Local().IsMatch(text) || !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;

        return ParisTime.Instant(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Rfc3339();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Local();
}
