using System.Globalization;
using Mila.Partners.Webhooks.Schedule;

namespace Mila.Partners.Tests.Webhooks.Schedule;

public sealed class RetryScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ten_attempts_take_75_hours_35_minutes_and_5_seconds()
    {
        var at = Now;
        var attempts = 1;
        while (RetrySchedule.Next(attempts, at, null, false, 0) is { } next) (at, attempts) = (next, attempts + 1);

        attempts.ShouldBe(10);
        RetrySchedule.Attempts.ShouldBe(10);
        (at - Now).ShouldBe(new TimeSpan(75, 35, 5));
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 5 * 60)]
    [InlineData(3, 30 * 60)]
    [InlineData(4, 2 * 3600)]
    [InlineData(5, 5 * 3600)]
    [InlineData(6, 10 * 3600)]
    [InlineData(7, 14 * 3600)]
    [InlineData(8, 20 * 3600)]
    [InlineData(9, 24 * 3600)]
    public void A_pause_is_spread_by_ten_percent_and_never_shortened(int made, int seconds)
    {
        foreach (var randomness in new[] { 0, 0.001, 0.37, 0.5, 0.999, 1 })
        {
            var pause = (RetrySchedule.Next(made, Now, null, false, randomness)! - Now).Value.TotalSeconds;
            pause.ShouldBeInRange(seconds, (seconds * 1.1) + 0.001);
        }

        (RetrySchedule.Next(made, Now, null, false, 1)! - Now).Value.TotalSeconds.ShouldBe(seconds * 1.1, 0.001);
    }

    [Fact]
    public void The_tenth_failure_is_the_last_whatever_the_receiver_asks() =>
        RetrySchedule.Next(10, Now, TimeSpan.FromSeconds(1), true, 0.5).ShouldBeNull();

    [Theory]
    [InlineData(1, 3, 5)] // the plan is later
    [InlineData(1, 90, 90)] // the receiver is later
    [InlineData(2, 90, 300)]
    [InlineData(1, 86_400, 86_400)]
    [InlineData(1, 86_401, 86_400)] // capped at a day
    [InlineData(9, 999_999_999, 86_400)]
    public void Retry_after_counts_when_it_is_the_later_of_the_two(int made, int asked, int expected) =>
        (RetrySchedule.Next(made, Now, TimeSpan.FromSeconds(asked), false, 0)! - Now).Value.TotalSeconds.ShouldBe(expected);

    [Theory]
    [InlineData(1, 0, 60)]
    [InlineData(1, 1, 66)]
    [InlineData(2, 0, 300)]
    public void After_429_and_after_a_timeout_a_minute_passes_at_least(int made, double randomness, int expected) =>
        (RetrySchedule.Next(made, Now, null, true, randomness)! - Now).Value.TotalSeconds.ShouldBe(expected, 0.001);

    [Fact]
    public void A_due_time_survives_the_precision_of_the_database()
    {
        var odd = Now.AddTicks(7);
        var next = RetrySchedule.Next(1, odd, null, false, 0.123456789)!.Value;

        (next.Ticks % TimeSpan.TicksPerMillisecond).ShouldBe(0);
        next.ShouldBeGreaterThanOrEqualTo(odd + TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", null)]
    [InlineData(" 7\t", 7)]
    [InlineData("007", 7)]
    [InlineData("99999999999999999999", 999_999_999)]
    [InlineData("Mon, 09 Mar 2026 18:02:00 GMT", 120)] // IMF-fixdate
    [InlineData("Monday, 09-Mar-26 18:02:00 GMT", 120)] // RFC 850
    [InlineData("Mon Mar  9 18:02:00 2026", 120)] // asctime
    [InlineData("Fri Mar 13 18:00:00 2026", 4 * 86_400)]
    [InlineData("Mon, 09 Mar 2026 17:00:00 GMT", null)] // past
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", null)] // 1994, not 2094
    [InlineData("Tue, 09 Mar 2026 18:02:00 GMT", null)] // not that weekday
    [InlineData("2026-03-09T18:02:00Z", null)]
    [InlineData("-5", null)]
    [InlineData("+5", null)]
    [InlineData("1.5", null)]
    [InlineData("5s", null)]
    [InlineData("1e3", null)]
    [InlineData("\u0665", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public void Retry_after_is_read_in_each_form_and_garbage_is_ignored(string header, int? seconds) =>
        RetryAfter.Read([header], Now).ShouldBe(seconds is { } s ? TimeSpan.FromSeconds(s) : null);

    [Fact]
    public void Of_several_the_longest_counts()
    {
        RetryAfter.Read(["10", "junk", "30", "20"], Now).ShouldBe(TimeSpan.FromSeconds(30));
        RetryAfter.Read([], Now).ShouldBeNull();
    }

    [Fact]
    public void A_culture_with_other_month_names_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fr-FR");
        RetryAfter.Read(["Mon, 09 Mar 2026 18:02:00 GMT"], Now).ShouldBe(TimeSpan.FromSeconds(120));
        CultureInfo.CurrentCulture = before;
    }
}
