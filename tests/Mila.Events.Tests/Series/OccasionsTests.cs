using CsCheck;
using Mila.BuildingBlocks.Results;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Series;

namespace Mila.Events.Tests.Series;

public class OccasionsTests
{
    private static readonly EventRequest Club = new("club-mila", new LocalizedText("Club MILA"));

    [Fact]
    public void Nine_Mondays_of_a_year_stay_at_seven_across_both_changes_of_hour()
    {
        var days = Days(On("2026-01-12", "19:00", "21:00"), new Repetition(9, EveryMonths: 1, ExceptMonths: [7, 8], SkipHolidays: true));
        days.ShouldBe([
            "2026-01-12 19:00+01", "2026-02-09 19:00+01", "2026-03-09 19:00+01", "2026-04-13 19:00+02", "2026-05-11 19:00+02", "2026-06-08 19:00+02", "2026-09-14 19:00+02", "2026-10-12 19:00+02",
            "2026-11-09 19:00+01"]);
        Plans(On("2026-01-12", "19:00", "21:00"), new Repetition(9, EveryMonths: 1)).ShouldAllBe(p => p.EndsAt - p.StartsAt == TimeSpan.FromHours(2));
    }

    [Fact]
    public void A_public_holiday_is_passed_over_and_made_up_for() =>
        Days(On("2026-03-30", "19:00", "21:00"), new Repetition(3, EveryWeeks: 1, SkipHolidays: true)).ShouldBe(["2026-03-30 19:00+02", "2026-04-13 19:00+02", "2026-04-20 19:00+02"], "Easter Monday was 6 April.");

    [Fact]
    public void A_fifth_weekday_becomes_the_last_of_each_month() =>
        Days(On("2026-03-30", "19:00", "21:00"), new Repetition(4, EveryMonths: 1)).ShouldBe(["2026-03-30 19:00+02", "2026-04-27 19:00+02", "2026-05-25 19:00+02", "2026-06-29 19:00+02"]);

    [Fact]
    public void Every_two_months_means_the_same_weekday_of_every_second() =>
        Days(On("2026-11-17", "12:30", "14:00"), new Repetition(3, EveryMonths: 2)).ShouldBe(["2026-11-17 12:30+01", "2027-01-19 12:30+01", "2027-03-16 12:30+01"]);

    [Fact]
    public void A_stand_of_three_days_is_one_every_time_also_over_the_night_of_the_change()
    {
        var plans = Plans(Club with { StartsAt = At("2026-10-16", "10:00"), EndsAt = At("2026-10-18", "18:00") }, also: [new(2026, 10, 23), new(2027, 10, 15)]);
        plans.Select(p => Shown(p.EndsAt)).ShouldBe(["2026-10-18 18:00+02", "2026-10-25 18:00+01", "2027-10-17 18:00+02"]);
    }

    [Fact]
    public void A_year_is_planned_in_months_too() =>
        Plans(Club with { Month = "2026-09" }, new Repetition(9, EveryMonths: 1, ExceptMonths: [12])).Select(p => p.Month)
            .ShouldBe(["2026-09", "2026-10", "2026-11", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05", "2027-06"]);

    [Fact]
    public void Whatever_the_rhythm_all_are_there_in_order_at_the_time_on_the_wall_on_the_weekday_and_on_no_day_left_out() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[2, 60], Gen.Bool, Gen.Int[1, 4], Gen.Int[1, 12].Array[0, 6], Gen.Bool).Sample((offset, count, weekly, every, except, holidays) =>
        {
            var first = new DateOnly(2020, 1, 1).AddDays(offset);
            var repeat = new Repetition(count, weekly ? every : null, weekly ? null : every, [.. except.Distinct()], holidays);
            if (!Occasions.Of(new SeriesRequest(On(first.ToString("yyyy-MM-dd", null), "19:00", "23:30"), repeat)).Succeeded(out var plans, out var refusal)) return refusal.Code == "series-too-long";

            var starts = plans.Select(p => ParisTime.Shown(p.StartsAt!.Value)).ToArray();
            var days = starts.Select(s => DateOnly.FromDateTime(s.DateTime)).ToArray();
            return days.Length == count && days[0] == first && days.Zip(days.Skip(1)).All(d => d.First < d.Second)
                && starts.All(s => s is { Hour: 19, Minute: 0 }) && days.All(d => d.DayOfWeek == first.DayOfWeek)
                && plans.All(p => p.EndsAt - p.StartsAt == TimeSpan.FromHours(4.5))
                && days.Skip(1).All(d => !except.Contains(d.Month) && !(holidays && FrenchHolidays.Contains(d)));
        }, iter: 2_000);

    [Fact]
    public void What_is_no_rhythm_is_refused_at_its_place()
    {
        var monday = On("2026-01-12", "19:00", "21:00");
        RefusalOf(new SeriesRequest(monday)).ShouldBe("series-rhythm /repeat");
        RefusalOf(new SeriesRequest(monday, new Repetition(2, EveryWeeks: 1), [new(2026, 2, 9)])).ShouldBe("series-rhythm /alsoOn");
        RefusalOf(new SeriesRequest(monday, new Repetition(2))).ShouldBe("series-rhythm /repeat/everyWeeks");
        RefusalOf(new SeriesRequest(monday, new Repetition(2, EveryWeeks: 1, EveryMonths: 1))).ShouldBe("series-rhythm /repeat/everyWeeks");
        RefusalOf(new SeriesRequest(Club, new Repetition(2, EveryWeeks: 1))).ShouldBe("series-without-time /event/startsAt");
        RefusalOf(new SeriesRequest(Club with { Month = "2026-01" }, new Repetition(2, EveryWeeks: 1))).ShouldBe("series-of-months /repeat");
        RefusalOf(new SeriesRequest(Club with { Month = "2026-01" }, AlsoOn: [new(2026, 2, 9)])).ShouldBe("series-of-months /alsoOn");
        RefusalOf(new SeriesRequest(monday, AlsoOn: [new(2026, 2, 9), new(2026, 2, 9)])).ShouldBe("series-day-repeated /alsoOn");
        RefusalOf(new SeriesRequest(monday, AlsoOn: [new(2026, 1, 12)])).ShouldBe("series-day-repeated /alsoOn");
        RefusalOf(new SeriesRequest(monday, new Repetition(60, EveryWeeks: 52))).ShouldBe("series-too-long /repeat");
        RefusalOf(new SeriesRequest(monday, new Repetition(2, EveryMonths: 12, ExceptMonths: [1]))).ShouldBe("series-too-long /repeat", "A rhythm that never comes is walked to its end once.");
        RefusalOf(new SeriesRequest(monday with { EndsAt = monday.StartsAt }, AlsoOn: [new(2026, 2, 9)])).ShouldBe("event-ends-before-start /event/endsAt");
    }

    [Fact]
    public void A_time_that_does_not_exist_on_one_of_the_days_refuses_all()
    {
        RefusalOf(new SeriesRequest(On("2026-03-22", "02:30", "05:00"), new Repetition(2, EveryWeeks: 1))).ShouldBe("local-time-skipped /event/startsAt");
        RefusalOf(new SeriesRequest(On("2026-10-18", "01:00", "02:30"), new Repetition(2, EveryWeeks: 1))).ShouldBe("local-time-ambiguous /event/endsAt");
    }

    private static EventRequest On(string day, string from, string until) => Club with { StartsAt = At(day, from), EndsAt = At(day, until) };

    private static DateTimeOffset At(string day, string time) =>
        ParisTime.Instant(DateOnly.ParseExact(day, "yyyy-MM-dd", null), TimeOnly.ParseExact(time, "HH:mm", null)).Succeeded(out var at, out var refusal) ? at : throw new InvalidOperationException(refusal.Code);

    private static IReadOnlyList<EventPlan> Plans(EventRequest first, Repetition? repeat = null, IReadOnlyList<DateOnly>? also = null) =>
        Occasions.Of(new SeriesRequest(first, repeat, also)).Succeeded(out var plans, out var refusal) ? plans : throw new InvalidOperationException(refusal.Code);

    private static IEnumerable<string> Days(EventRequest first, Repetition repeat) => Plans(first, repeat).Select(p => Shown(p.StartsAt));

    private static string Shown(DateTimeOffset? at) => ParisTime.Shown(at!.Value).ToString("yyyy-MM-dd HH:mmzz", System.Globalization.CultureInfo.InvariantCulture);

    private static string? RefusalOf(SeriesRequest request) => Occasions.Of(request).Succeeded(out _, out var refusal) ? null : $"{refusal.Code} {string.Join(' ', refusal.Fields.Select(f => f.Pointer))}";
}
