namespace Mila.BuildingBlocks.Time;

/// <summary>The hours in which people may be expected to answer: Monday to Friday, 08:00 to 20:00 in Paris, public holidays excluded.</summary>
/// <remarks>The clocks change on Sundays before 08:00, so a working day always has twelve hours.</remarks>
public static class WorkingHours
{
    /// <summary>When a working day opens, on the wall in Paris.</summary>
    public static readonly TimeOnly Opening = new(8, 0);

    /// <summary>When it closes.</summary>
    public static readonly TimeOnly Closing = new(20, 0);

    /// <summary>True from Monday to Friday, but for public holidays.</summary>
    public static bool AreOn(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !FrenchHolidays.Contains(day);

    /// <summary>The first instant, in UTC, by which this much working time has gone by; never before opening.</summary>
    /// <param name="from">Where counting begins; the time until opening counts for nothing.</param>
    /// <param name="hours">How much working time, zero or more.</param>
    public static DateTimeOffset Add(DateTimeOffset from, TimeSpan hours)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hours, TimeSpan.Zero);

        var now = from;
        for (var day = ParisTime.DateOf(from); ; day = day.AddDays(1))
        {
            if (!AreOn(day)) continue;

            var (opens, closes) = (ParisTime.StartOf(day) + Opening.ToTimeSpan(), ParisTime.StartOf(day) + Closing.ToTimeSpan());
            if (now < opens) now = opens;
            if (now > closes) continue;
            if (hours <= closes - now) return (now + hours).ToUniversalTime();

            hours -= closes - now;
        }
    }
}
