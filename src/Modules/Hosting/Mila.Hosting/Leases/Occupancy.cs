using Mila.Hosting.Spaces;

namespace Mila.Hosting.Leases;

/// <summary>
/// MILA's own clock (deploy/data/mila-2026.json, <c>hostingRules</c>): a company has offices, desks and studios for 36 months in all, over successive leases and spaces.
/// The statutory clock of short commercial leases is another one and is not counted here.
/// </summary>
internal static class Occupancy
{
    /// <summary>The most months of one company.</summary>
    public const int MaximumTermMonths = 36;

    /// <summary>Days left over from separate stays count so many to a month.</summary>
    private const int DaysOfAMonth = 30;

    /// <summary>Whether a space of this kind counts; shops do not.</summary>
    public static bool Counts(SpaceKind kind) => kind is SpaceKind.Office or SpaceKind.Desk or SpaceKind.Studio;

    /// <summary>
    /// Whether these periods together are longer than a company may stay. Periods that overlap or follow one another without a gap are one stay, so a day in two spaces
    /// counts once and a renewal counts as one long lease; a stay is counted in whole calendar months from its first day, and days.
    /// </summary>
    public static bool IsExceededBy(IEnumerable<Period> periods)
    {
        var (months, days) = (0, 0);
        foreach (var stay in Stays(periods))
        {
            var length = stay.Length();
            (months, days) = (months + length.Months, days + length.Days);
        }

        return (months * DaysOfAMonth) + days > MaximumTermMonths * DaysOfAMonth;
    }

    private static List<Period> Stays(IEnumerable<Period> periods)
    {
        var stays = new List<Period>();
        foreach (var period in periods.OrderBy(p => p.From))
        {
            if (stays is [.., var last] && period.From <= last.Until.AddDays(1)) stays[^1] = last with { Until = period.Until > last.Until ? period.Until : last.Until };
            else stays.Add(period);
        }

        return stays;
    }
}

/// <summary>Some days on end.</summary>
/// <param name="From">First day.</param>
/// <param name="Until">Last day, included.</param>
internal sealed record Period(DateOnly From, DateOnly Until)
{
    public bool Overlaps(Period other) => From <= other.Until && other.From <= Until;

    /// <summary>
    /// Whole calendar months from the first day, and the days beyond them. A month from the 15th is over after the 14th; where the month to come lacks the day
    /// (31 January, 29 February), it is over after that month's last day: 29 February 2024 to 28 February 2027 is 36 months.
    /// </summary>
    public (int Months, int Days) Length()
    {
        var after = Until.AddDays(1);
        var months = ((after.Year - From.Year) * 12) + after.Month - From.Month;
        if (Anniversary(months) > after) months--;
        return (months, after.DayNumber - Anniversary(months).DayNumber);
    }

    /// <summary>The first day after so many months.</summary>
    private DateOnly Anniversary(int months)
    {
        var day = From.AddMonths(months);
        return day.Day == From.Day ? day : day.AddDays(1);
    }
}
