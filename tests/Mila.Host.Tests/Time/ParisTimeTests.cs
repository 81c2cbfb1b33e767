using CsCheck;
using Mila.BuildingBlocks.Time;

namespace Mila.Host.Tests.Time;

public class ParisTimeTests
{
    private static readonly DateOnly SpringForward = new(2026, 3, 29);
    private static readonly DateOnly FallBack = new(2026, 10, 25);

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 365 * 70].Select(n => new DateOnly(2002, 1, 1).AddDays(n));
    private static readonly Gen<TimeOnly> Times = Gen.Int[0, (24 * 60) - 1].Select(n => new TimeOnly(n / 60, n % 60));

    [Fact]
    public void A_local_time_becomes_its_instant_in_UTC()
    {
        ParisTime.Instant(new DateOnly(2026, 3, 2), new TimeOnly(20, 0)).Succeeded(out var winter, out _).ShouldBeTrue();
        winter.ShouldBe(new DateTimeOffset(2026, 3, 2, 19, 0, 0, TimeSpan.Zero));
        winter.Offset.ShouldBe(TimeSpan.Zero);

        ParisTime.Instant(new DateOnly(2026, 7, 6), new TimeOnly(20, 0)).Succeeded(out var summer, out _).ShouldBeTrue();
        summer.ShouldBe(new DateTimeOffset(2026, 7, 6, 18, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(1, 59, true)]
    [InlineData(2, 0, false)]
    [InlineData(2, 59, false)]
    [InlineData(3, 0, true)]
    public void A_local_time_that_does_not_exist_is_refused(int hour, int minute, bool exists)
    {
        ParisTime.Instant(SpringForward, new TimeOnly(hour, minute)).Succeeded(out _, out var refusal).ShouldBe(exists);
        if (!exists) refusal!.Code.ShouldBe("local-time-skipped");
    }

    [Fact]
    public void A_local_time_that_happens_twice_needs_its_offset()
    {
        var time = new TimeOnly(2, 30);
        ParisTime.Instant(FallBack, time).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("local-time-ambiguous");

        ParisTime.Instant(FallBack, time, TimeSpan.FromHours(2)).Succeeded(out var first, out _).ShouldBeTrue();
        ParisTime.Instant(FallBack, time, TimeSpan.FromHours(1)).Succeeded(out var second, out _).ShouldBeTrue();
        first.ShouldBe(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero));
        (second - first).ShouldBe(TimeSpan.FromHours(1));
    }

    [Theory]
    [InlineData(1, 1, 1, 0, 0)]
    [InlineData(1, 1, 1, 0, 8)]
    [InlineData(9999, 12, 31, 23, 59)]
    public void A_local_time_at_the_ends_of_the_calendar_is_refused(int year, int month, int day, int hour, int minute)
    {
        ParisTime.Instant(new DateOnly(year, month, day), new TimeOnly(hour, minute)).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBe(TimeErrors.OutOfRange);
    }

    [Fact]
    public void A_wrong_offset_is_refused()
    {
        ParisTime.Instant(FallBack, new TimeOnly(2, 30), TimeSpan.FromHours(3)).Succeeded(out _, out var whenTwice).ShouldBeFalse();
        whenTwice!.Code.ShouldBe("local-time-offset-wrong");
        ParisTime.Instant(new DateOnly(2026, 7, 6), new TimeOnly(20, 0), TimeSpan.FromHours(1)).Succeeded(out _, out var whenOnce).ShouldBeFalse();
        whenOnce!.Code.ShouldBe("local-time-offset-wrong");
    }

    [Fact]
    public void Every_accepted_local_time_is_shown_again_as_it_was_said() => Gen.Select(Days, Times).Sample((day, time) =>
    {
        if (!ParisTime.Instant(day, time).Succeeded(out var instant, out var refusal)) return refusal == TimeErrors.Skipped || refusal == TimeErrors.Ambiguous;

        var shown = ParisTime.Shown(instant);
        return shown.DateTime == day.ToDateTime(time) && instant.Offset == TimeSpan.Zero && ParisTime.DateOf(instant) == day;
    });

    [Fact]
    public void Every_instant_is_said_by_its_local_time_and_offset() => Gen.Select(Days, Times).Sample((day, time) =>
    {
        var instant = new DateTimeOffset(day.ToDateTime(time), TimeSpan.Zero);
        var shown = ParisTime.Shown(instant);
        return ParisTime.Instant(DateOnly.FromDateTime(shown.DateTime), TimeOnly.FromDateTime(shown.DateTime), shown.Offset).Succeeded(out var again, out _) && again == instant;
    });

    [Fact]
    public void A_weekly_gathering_keeps_its_time_on_the_wall() => Gen.Select(Days, Gen.Int[8, 23], Gen.Int[1, 60]).Sample((first, hour, count) =>
    {
        if (!ParisTime.Weekly(first, new TimeOnly(hour, 0), count).Succeeded(out var instants, out _)) return false;

        return instants.Length == count
            && instants.All(i => ParisTime.Shown(i).TimeOfDay == TimeSpan.FromHours(hour) && ParisTime.DateOf(i).DayOfWeek == first.DayOfWeek)
            && instants.Zip(instants.Skip(1)).All(pair => Math.Abs((pair.Second - pair.First - TimeSpan.FromDays(7)).TotalHours) <= 1);
    });

    [Fact]
    public void A_weekly_gathering_that_meets_a_skipped_hour_is_refused()
    {
        ParisTime.Weekly(SpringForward.AddDays(-14), new TimeOnly(2, 30), 4).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("local-time-skipped");
    }

    [Fact]
    public void A_day_begins_at_midnight_in_Paris() => Days.Sample(day =>
    {
        var start = ParisTime.StartOf(day);
        return ParisTime.DateOf(start) == day && ParisTime.DateOf(start.AddTicks(-1)) == day.AddDays(-1);
    });
}
