using System.Globalization;

namespace Mila.BuildingBlocks.Time;

/// <summary>Days and hours as people read them, in French (<c>fr</c>) or English (<c>en</c>); instants in the time of Paris. The first of a month is <c>1er</c> in French.</summary>
public static class WrittenTime
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary><c>1er avril 2027</c>, <c>1 April 2027</c>.</summary>
    public static string Day(DateOnly day, string language) =>
        $"{(day.Day == 1 && language != "en" ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture))} {day.ToString("MMMM yyyy", Culture(language))}";

    /// <summary><c>jeudi 1er avril 2027</c>, <c>Thursday 1 April 2027</c>.</summary>
    public static string Weekday(DateOnly day, string language) => $"{day.ToString("dddd", Culture(language))} {Day(day, language)}";

    /// <summary><c>19h00</c>, <c>19:00</c>.</summary>
    public static string Hour(DateTimeOffset instant, string language) => ParisTime.Shown(instant).ToString(language == "en" ? "HH:mm" : "HH'h'mm", CultureInfo.InvariantCulture);

    /// <summary><c>1er avril 2027 à 19h00</c>, <c>1 April 2027 at 19:00</c>.</summary>
    public static string DayAndHour(DateTimeOffset instant, string language) => $"{Day(ParisTime.DateOf(instant), language)} {At(language)} {Hour(instant, language)}";

    /// <summary><c>jeudi 1er avril 2027 à 19h00</c>, <c>Thursday 1 April 2027 at 19:00</c>.</summary>
    public static string WeekdayAndHour(DateTimeOffset instant, string language) => $"{Weekday(ParisTime.DateOf(instant), language)} {At(language)} {Hour(instant, language)}";

    /// <summary><c>jeudi 1er avril 2027, 19h00 – 21h00</c>; each end with its day where they are not of one.</summary>
    public static string Span(DateTimeOffset start, DateTimeOffset end, string language)
    {
        var (first, last) = (ParisTime.DateOf(start), ParisTime.DateOf(end));
        return $"{Weekday(first, language)}, {Hour(start, language)} – {(first == last ? "" : $"{Weekday(last, language)}, ")}{Hour(end, language)}";
    }

    /// <summary><c>avril 2027</c> for <c>2027-04</c>.</summary>
    public static string Month(string month, string language) => DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("MMMM yyyy", Culture(language));

    private static string At(string language) => language == "en" ? "at" : "à";

    private static CultureInfo Culture(string language) => language == "en" ? English : French;
}
