using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Time;

/// <summary>The clock on the wall in Paris. Instants are UTC everywhere else.</summary>
public static class ParisTime
{
    /// <summary>The IANA name of the zone, shown beside every local time.</summary>
    public const string ZoneId = "Europe/Paris";

    /// <summary>The zone, with its changes of hour.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(ZoneId);

    /// <summary>The date in Paris now.</summary>
    public static DateOnly Today(TimeProvider clock) => DateOf(clock.GetUtcNow());

    /// <summary>The date in Paris at this instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(Shown(instant).DateTime);

    /// <summary>The same instant, with the offset of Paris.</summary>
    public static DateTimeOffset Shown(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    /// <summary>The instant at which this day begins in Paris, in UTC. Clocks change at 02:00 or 03:00, so midnight always exists once.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => ToUtc(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The instant, in UTC, of a date and time read in Paris.</summary>
    /// <param name="date">The date in Paris.</param>
    /// <param name="time">The time on the wall.</param>
    /// <param name="offset">Needed when the time happens twice; checked whenever it is given.</param>
    /// <returns>The instant, or <see cref="TimeErrors.OutOfRange"/>, <see cref="TimeErrors.Skipped"/>, <see cref="TimeErrors.Ambiguous"/>, <see cref="TimeErrors.WrongOffset"/>.</returns>
    public static Result<DateTimeOffset> Instant(DateOnly date, TimeOnly time, TimeSpan? offset = null)
    {
        // At the ends of the calendar the same moment elsewhere is outside it.
        if (date.Year == DateOnly.MinValue.Year || date.Year == DateOnly.MaxValue.Year) return TimeErrors.OutOfRange;

        var local = date.ToDateTime(time);
        if (Zone.IsInvalidTime(local)) return TimeErrors.Skipped;
        if (Zone.IsAmbiguousTime(local))
        {
            if (offset is not { } stated) return TimeErrors.Ambiguous;
            if (!Zone.GetAmbiguousTimeOffsets(local).Contains(stated)) return TimeErrors.WrongOffset;
            return new DateTimeOffset(local, stated).ToUniversalTime();
        }

        if (offset is { } claimed && claimed != Zone.GetUtcOffset(local)) return TimeErrors.WrongOffset;
        return ToUtc(local);
    }

    /// <summary>The instants, in UTC, of a gathering held every week at the same time on the wall: 20:00 stays 20:00 across a change of hour.</summary>
    /// <param name="first">The date of the first.</param>
    /// <param name="time">The time on the wall of each.</param>
    /// <param name="count">How many.</param>
    /// <returns>The instants in order, or the refusal of the first that has none.</returns>
    public static Result<DateTimeOffset[]> Weekly(DateOnly first, TimeOnly time, int count)
    {
        var instants = new DateTimeOffset[count];
        for (var week = 0; week < count; week++)
        {
            if (!Instant(first.AddDays(7 * week), time).Succeeded(out var instant, out var refusal)) return refusal;

            instants[week] = instant;
        }

        return instants;
    }

    private static DateTimeOffset ToUtc(DateTime local) => new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
}
