using Mila.Hosting.Leases;
using Mila.Hosting.Spaces;

namespace Mila.Hosting.Tests.Leases;

public class OccupancyTests
{
    [Theory]
    [InlineData("2026-01-01", "2026-01-01", 0, 1)]
    [InlineData("2026-01-15", "2026-02-13", 0, 30)]
    [InlineData("2026-01-15", "2026-02-14", 1, 0)]
    [InlineData("2026-01-15", "2026-02-15", 1, 1)]
    [InlineData("2026-01-01", "2026-01-31", 1, 0)]
    [InlineData("2026-02-01", "2026-02-28", 1, 0)]
    [InlineData("2024-02-01", "2024-02-28", 0, 28)]
    [InlineData("2024-02-01", "2024-02-29", 1, 0)]
    [InlineData("2026-01-31", "2026-02-27", 0, 28)]
    [InlineData("2026-01-31", "2026-02-28", 1, 0)]
    [InlineData("2026-01-31", "2026-03-30", 2, 0)]
    [InlineData("2024-01-01", "2026-12-31", 36, 0)]
    [InlineData("2024-02-29", "2025-02-28", 12, 0)]
    [InlineData("2024-02-29", "2027-02-28", 36, 0)]
    [InlineData("2024-02-29", "2028-02-28", 48, 0)]
    [InlineData("2023-03-01", "2024-02-29", 12, 0)]
    public void A_period_is_counted_in_calendar_months_and_days(string from, string until, int months, int days) => Period(from, until).Length().ShouldBe((months, days));

    [Theory]
    [InlineData("2024-01-01", "2026-12-31", false)]
    [InlineData("2024-01-01", "2027-01-01", true)]
    [InlineData("2024-02-29", "2027-02-28", false)]
    [InlineData("2024-02-29", "2027-03-01", true)]
    [InlineData("2024-05-15", "2027-05-14", false)]
    [InlineData("2024-05-15", "2027-05-15", true)]
    [InlineData("2025-01-31", "2028-01-30", false)]
    [InlineData("2025-01-31", "2028-01-31", true)]
    public void Thirty_six_months_are_allowed_and_not_a_day_more(string from, string until, bool exceeded) => Occupancy.IsExceededBy([Period(from, until)]).ShouldBe(exceeded);

    [Fact]
    public void Leases_that_follow_one_another_count_as_one_long_lease()
    {
        // Each of the three alone would be counted with days left over.
        Period[] three = [Period("2024-01-20", "2024-12-04"), Period("2024-12-05", "2026-01-01"), Period("2026-01-02", "2027-01-19")];

        Occupancy.IsExceededBy(three).ShouldBeFalse();
        Occupancy.IsExceededBy([.. three, Period("2027-01-20", "2027-01-20")]).ShouldBeTrue();
    }

    [Fact]
    public void A_day_in_two_spaces_counts_once()
    {
        Occupancy.IsExceededBy([Period("2024-01-01", "2026-12-31"), Period("2025-01-01", "2025-12-31")]).ShouldBeFalse();
        Occupancy.IsExceededBy([Period("2024-01-01", "2026-06-30"), Period("2025-01-01", "2027-01-01")]).ShouldBeTrue();
    }

    [Fact]
    public void Days_left_over_from_separate_stays_count_thirty_to_a_month()
    {
        // 17 months 20 days, and 18 months 10 days.
        Occupancy.IsExceededBy([Period("2020-01-01", "2021-06-20"), Period("2024-01-01", "2025-07-10")]).ShouldBeFalse();
        Occupancy.IsExceededBy([Period("2020-01-01", "2021-06-20"), Period("2024-01-01", "2025-07-11")]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Office", true)]
    [InlineData("Desk", true)]
    [InlineData("Studio", true)]
    [InlineData("Shop", false)]
    [InlineData("MeetingRoom", false)]
    public void Shops_do_not_count(string kind, bool counts) => Occupancy.Counts(Enum.Parse<SpaceKind>(kind)).ShouldBe(counts);

    [Theory]
    [InlineData("2026-01-01", "2026-01-31", true)]
    [InlineData("2025-12-01", "2026-01-10", true)]
    [InlineData("2025-12-01", "2026-01-09", false)]
    [InlineData("2026-01-20", "2026-02-10", true)]
    [InlineData("2026-01-21", "2026-02-10", false)]
    [InlineData("2026-01-12", "2026-01-12", true)]
    public void The_last_day_is_included(string from, string until, bool overlaps) => Period("2026-01-10", "2026-01-20").Overlaps(Period(from, until)).ShouldBe(overlaps);

    private static Period Period(string from, string until) =>
        new(DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture));
}
