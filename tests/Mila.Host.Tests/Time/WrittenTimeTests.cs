using Mila.BuildingBlocks.Time;

namespace Mila.Host.Tests.Time;

public class WrittenTimeTests
{
    private static readonly DateTimeOffset First = new(2027, 4, 1, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_of_a_month_is_an_ordinal_in_French_alone()
    {
        (WrittenTime.Day(new(2027, 4, 1), "fr"), WrittenTime.Day(new(2027, 4, 1), "en")).ShouldBe(("1er avril 2027", "1 April 2027"));
        (WrittenTime.Day(new(2027, 4, 11), "fr"), WrittenTime.Day(new(2027, 4, 21), "fr"), WrittenTime.Day(new(2027, 4, 2), "fr")).ShouldBe(("11 avril 2027", "21 avril 2027", "2 avril 2027"));
        (WrittenTime.Weekday(new(2027, 4, 1), "fr"), WrittenTime.Weekday(new(2027, 4, 1), "en")).ShouldBe(("jeudi 1er avril 2027", "Thursday 1 April 2027"));
        (WrittenTime.DayAndHour(First, "fr"), WrittenTime.DayAndHour(First, "en")).ShouldBe(("1er avril 2027 à 19h00", "1 April 2027 at 19:00"));
        (WrittenTime.WeekdayAndHour(First, "fr"), WrittenTime.WeekdayAndHour(First, "en")).ShouldBe(("jeudi 1er avril 2027 à 19h00", "Thursday 1 April 2027 at 19:00"));
    }

    [Fact]
    public void A_span_says_a_day_once_where_it_is_of_one_in_Paris()
    {
        WrittenTime.Span(First, First.AddHours(2), "fr").ShouldBe("jeudi 1er avril 2027, 19h00 – 21h00");
        WrittenTime.Span(First, First.AddHours(2), "en").ShouldBe("Thursday 1 April 2027, 19:00 – 21:00");
        WrittenTime.Span(First.AddDays(-1), First, "fr").ShouldBe("mercredi 31 mars 2027, 19h00 – jeudi 1er avril 2027, 19h00");
        WrittenTime.Span(First, First.AddHours(5), "fr").ShouldBe("jeudi 1er avril 2027, 19h00 – vendredi 2 avril 2027, 00h00", "Midnight in Paris is the next day, though not in UTC.");
    }

    [Fact]
    public void A_month_has_its_name() => (WrittenTime.Month("2027-04", "fr"), WrittenTime.Month("2027-04", "en")).ShouldBe(("avril 2027", "April 2027"));
}
