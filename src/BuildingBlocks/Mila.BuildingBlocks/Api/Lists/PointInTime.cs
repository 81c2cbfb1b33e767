using System.Globalization;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Time;

namespace Mila.BuildingBlocks.Api.Lists;

/// <summary>
/// A bound of a list in time, as sort keys are written. A thing whose day is to be confirmed is written as its month (<c>2026-03</c>), which stands before the days of that
/// month; it is within a bound when one of its days is. One that has not even a month (<c>~</c>) is within none.
/// </summary>
/// <param name="Text">The bound.</param>
/// <param name="Month">Its month in Paris.</param>
/// <param name="TextOrMonth">The month where the bound is the first moment of one: none of that month's days is before it.</param>
internal sealed record PointInTime(string Text, string Month, string TextOrMonth)
{
    /// <summary>Null for a day, and at the edge of the calendar.</summary>
    private DateTimeOffset? At { get; init; }


    private const string Day = "yyyy-MM-dd";

    /// <summary>A day or an instant (<see cref="InstantText"/>); null when the text is neither.</summary>
    /// <param name="text">As the request says it.</param>
    /// <param name="ofDays">Whether what is bounded are days; else a day begins at midnight in Paris.</param>
    public static PointInTime? Read(string text, bool ofDays)
    {
        if (DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return ofDays || IsAtTheEdge(day.Year) ? new PointInTime(text, text[..7], text) : Of(ParisTime.StartOf(day));

        return InstantText.Read(text) is { } read && read.Succeeded(out var instant, out _) ? Of(instant) : null;
    }

    /// <summary>So long before it, and before its month; at the edge of the calendar, where nothing is, itself.</summary>
    public string Earlier(TimeSpan time) => At is { } at && Write(at - time) is var earlier && string.CompareOrdinal(earlier, Month) < 0 ? earlier : string.CompareOrdinal(Text, Month) < 0 ? Text : Month;

    private static string Write(DateTimeOffset instant) => instant.UtcDateTime.ToString(DocumentJson.SortableInstantConverter.Format, CultureInfo.InvariantCulture);

    private static PointInTime Of(DateTimeOffset instant)
    {
        var text = Write(instant);
        var month = IsAtTheEdge(instant.UtcDateTime.Year) ? text[..7] : ParisTime.Shown(instant).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return new PointInTime(text, month, text.EndsWith("-01T00:00:00.000000Z", StringComparison.Ordinal) ? text[..7] : text) { At = IsAtTheEdge(instant.UtcDateTime.Year) ? null : instant };
    }

    // The first and the last day of the calendar have no midnight elsewhere.
    private static bool IsAtTheEdge(int year) => year is 1 or 9999;
}
