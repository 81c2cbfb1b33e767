using Mila.BuildingBlocks.Time;

namespace Mila.Events.Series;

/// <summary>A rhythm: every so many weeks, or every so many months on the same weekday of the month (the second Monday stays the second Monday, a fifth becomes the last).</summary>
/// <param name="Count">How many events there are in all, the first included, 2 to 60.</param>
/// <param name="EveryWeeks">1 to 52.</param>
/// <param name="EveryMonths">1 to 12.</param>
/// <param name="ExceptMonths">Months of the year, 1 to 12, in which nothing takes place: 7 and 8 for the summer.</param>
/// <param name="SkipHolidays">Whether public holidays are passed over. What is passed over is made up for at the end.</param>
internal sealed record Repetition(int Count, int? EveryWeeks = null, int? EveryMonths = null, IReadOnlyList<int>? ExceptMonths = null, bool SkipHolidays = false)
{
    /// <summary>The most events that one call plans.</summary>
    public const int Most = 60;

    private const int MostYears = 10;
    private const int WeekDays = 7;
    private const int Fifth = 4;

    /// <summary>The days, the first one included.</summary>
    public Result<IReadOnlyList<DateOnly>> Days(DateOnly first) => Walk(first, step => EveryWeeks is { } weeks ? first.AddDays(WeekDays * weeks * step) : SameWeekday(first, EveryMonths!.Value * step));

    /// <summary>The months, each as its first day, the first one included.</summary>
    public Result<IReadOnlyList<DateOnly>> Months(DateOnly first) => EveryMonths is { } months ? (this with { SkipHolidays = false }).Walk(first, step => first.AddMonths(months * step)) : SeriesErrors.MonthsOnly;

    private Result<IReadOnlyList<DateOnly>> Walk(DateOnly first, Func<int, DateOnly> at)
    {
        var found = new List<DateOnly> { first };
        for (var step = 1; found.Count < Count; step++)
        {
            var day = at(step);
            if (day > first.AddYears(MostYears)) return SeriesErrors.TooLong;
            if (ExceptMonths?.Contains(day.Month) is true || (SkipHolidays && FrenchHolidays.Contains(day))) continue;

            found.Add(day);
        }

        return found;
    }

    private static DateOnly SameWeekday(DateOnly first, int months)
    {
        var which = (first.Day - 1) / WeekDays;
        var month = new DateOnly(first.Year, first.Month, 1).AddMonths(months);
        var day = month.AddDays((((int)first.DayOfWeek - (int)month.DayOfWeek + WeekDays) % WeekDays) + (WeekDays * which));
        return which == Fifth && day.Month != month.Month ? day.AddDays(-WeekDays) : day;
    }
}
