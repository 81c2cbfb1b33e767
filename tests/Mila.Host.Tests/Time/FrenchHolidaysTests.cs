using CsCheck;
using Mila.BuildingBlocks.Time;

namespace Mila.Host.Tests.Time;

public class FrenchHolidaysTests
{
    // service-public.fr, "Jours fériés".
    [Fact]
    public void The_holidays_of_2026_are_known() => FrenchHolidays.In(2026).ShouldBe(
    [
        new(2026, 1, 1), new(2026, 4, 6), new(2026, 5, 1), new(2026, 5, 8), new(2026, 5, 14), new(2026, 5, 25),
        new(2026, 7, 14), new(2026, 8, 15), new(2026, 11, 1), new(2026, 11, 11), new(2026, 12, 25),
    ]);

    [Theory]
    [InlineData(2000, 4, 23)]
    [InlineData(2008, 3, 23)]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2038, 4, 25)]
    [InlineData(2049, 4, 18)]
    public void Easter_falls_where_it_falls(int year, int month, int day) => FrenchHolidays.EasterSunday(year).ShouldBe(new DateOnly(year, month, day));

    [Fact]
    public void Easter_is_a_Sunday_from_22_March_to_25_April() => Gen.Int[1900, 2199].Sample(year =>
    {
        var easter = FrenchHolidays.EasterSunday(year);
        return easter.DayOfWeek == DayOfWeek.Sunday && easter >= new DateOnly(year, 3, 22) && easter <= new DateOnly(year, 4, 25);
    });

    [Fact]
    public void A_year_has_eleven_in_order() => Gen.Int[1900, 2199].Sample(year =>
    {
        var days = FrenchHolidays.In(year);
        return days.Count == 11 && days.SequenceEqual(days.Order()) && days.All(FrenchHolidays.Contains);
    });

    [Fact]
    public void An_ordinary_day_is_none() => FrenchHolidays.Contains(new DateOnly(2026, 3, 2)).ShouldBeFalse();
}
