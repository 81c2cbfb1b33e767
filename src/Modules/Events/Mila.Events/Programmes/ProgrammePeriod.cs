using System.Globalization;

namespace Mila.Events.Programmes;

/// <summary>Some months on end, over which a programme is compared with its target.</summary>
/// <param name="From">The first day of the first month.</param>
/// <param name="To">The first day of the last month.</param>
internal sealed record ProgrammePeriod(DateOnly From, DateOnly To)
{
    /// <summary>The most months at which one looks at once.</summary>
    public const int MostMonths = 36;

    private const int FirstMonthOfSeason = 9;

    /// <summary>How many months, the last one included.</summary>
    public int Months => ((To.Year - From.Year) * 12) + To.Month - From.Month + 1;

    /// <summary>Each of its months, as <c>yyyy-MM</c>.</summary>
    public IEnumerable<string> Each => Enumerable.Range(0, Months).Select(m => Written(From.AddMonths(m)));

    /// <summary>From one month to another; null where these are no months, or not in their order, or too many.</summary>
    public static ProgrammePeriod? Between(string from, string to) =>
        Read(from) is { } first && Read(to) is { } last && first <= last && new ProgrammePeriod(first, last) is { Months: <= MostMonths } period ? period : null;

    /// <summary>Twelve months from the first, or up to the last, where only one of them is said; null where it is no month.</summary>
    public static ProgrammePeriod? Year(string? from, string? to) => from is not null
        ? Read(from) is { } first ? new ProgrammePeriod(first, first.AddMonths(11)) : null
        : Read(to!) is { } last ? new ProgrammePeriod(last.AddMonths(-11), last) : null;

    /// <summary>Whether a season is called by its years: those of its months, else one year and the next. What is wrong with the text or the months is for other rules.</summary>
    public static bool IsNamed(string? season, string? from, string? to)
    {
        if (season?.Split('/') is not [var first, var last] || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var begins) || !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var ends)) return true;
        if (from is null && to is null) return ends == begins + 1;

        return from is null || to is null || Between(from, to) is not { } months || (begins, ends) == (months.From.Year, months.To.Year);
    }

    /// <summary>The season that the programme names, month by month or from September to August; without one, the calendar year.</summary>
    public static ProgrammePeriod Of(ProgrammePlan plan, DateOnly today)
    {
        if (plan is { SeasonFrom: { } from, SeasonTo: { } to } && Between(from, to) is { } season) return season;
        if (plan.Season is { } named && int.TryParse(named[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)) return new ProgrammePeriod(new DateOnly(year, FirstMonthOfSeason, 1), new DateOnly(year + 1, FirstMonthOfSeason - 1, 1));

        return new ProgrammePeriod(new DateOnly(today.Year, 1, 1), new DateOnly(today.Year, 12, 1));
    }

    public static string Written(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static DateOnly? Read(string month) => DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2002 and < 2100 ? day : null;
}
