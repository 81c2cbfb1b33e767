using CsCheck;
using Mila.BuildingBlocks.Time;

namespace Mila.Host.Tests.Time;

public class WorkingHoursTests
{
    private static readonly Gen<DateTimeOffset> Instants = Gen.Int[0, 60 * 24 * 365 * 8].Select(n => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(n));
    private static readonly Gen<TimeSpan> Hours = Gen.Int[0, 60 * 48].Select(n => TimeSpan.FromMinutes(n));

    [Theory]
    [InlineData("2026-03-02T10:00", 4, "2026-03-02T14:00", "within one Monday")]
    [InlineData("2026-03-02T18:00", 4, "2026-03-03T10:00", "over the night")]
    [InlineData("2026-03-06T18:00", 4, "2026-03-09T10:00", "over the week-end")]
    [InlineData("2026-03-07T11:00", 1, "2026-03-09T09:00", "from a Saturday")]
    [InlineData("2026-03-02T05:00", 1, "2026-03-02T09:00", "from before opening")]
    [InlineData("2026-03-02T08:00", 12, "2026-03-02T20:00", "a whole day ends at closing")]
    [InlineData("2026-03-27T16:00", 8, "2026-03-30T12:00", "over the change to summer time")]
    [InlineData("2026-10-23T16:00", 8, "2026-10-26T12:00", "over the change to winter time")]
    [InlineData("2026-04-03T18:00", 4, "2026-04-07T10:00", "over Easter Monday")]
    [InlineData("2026-12-24T19:00", 2, "2026-12-28T09:00", "over Christmas and a week-end")]
    [InlineData("2026-03-07T11:00", 0, "2026-03-09T08:00", "no time from a Saturday is opening")]
    public void Working_hours_are_counted(string from, int hours, string until, string why) =>
        WorkingHours.Add(Paris(from), TimeSpan.FromHours(hours)).ShouldBe(Paris(until), why);

    [Fact]
    public void Negative_time_is_a_mistake() => Should.Throw<ArgumentOutOfRangeException>(() => WorkingHours.Add(Paris("2026-03-02T10:00"), TimeSpan.FromHours(-1)));

    [Fact]
    public void The_end_lies_within_working_hours() => Gen.Select(Instants, Hours).Sample((from, hours) =>
    {
        var end = ParisTime.Shown(WorkingHours.Add(from, hours));
        return WorkingHours.AreOn(DateOnly.FromDateTime(end.DateTime)) && end.TimeOfDay >= TimeSpan.FromHours(8) && end.TimeOfDay <= TimeSpan.FromHours(20) && end >= from;
    });

    [Fact]
    public void Time_added_in_two_parts_is_time_added_at_once() => Gen.Select(Instants, Hours, Hours).Sample((from, one, other) =>
        WorkingHours.Add(WorkingHours.Add(from, one), other) == WorkingHours.Add(from, one + other));

    [Fact]
    public void Counting_minute_by_minute_gives_the_same() => Gen.Select(Instants, Gen.Int[1, 60 * 26]).Sample((from, minutes) =>
    {
        var (now, left) = (from, minutes);
        while (left > 0)
        {
            var shown = ParisTime.Shown(now);
            if (WorkingHours.AreOn(DateOnly.FromDateTime(shown.DateTime)) && shown.Hour is >= 8 and < 20) left--;
            now = now.AddMinutes(1);
        }

        return now == WorkingHours.Add(from, TimeSpan.FromMinutes(minutes));
    }, iter: 200);

    private static DateTimeOffset Paris(string local)
    {
        var parsed = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
        ParisTime.Instant(DateOnly.FromDateTime(parsed), TimeOnly.FromDateTime(parsed)).Succeeded(out var instant, out _).ShouldBeTrue();
        return instant;
    }
}
