using CsCheck;
using Mila.Events.Waiting;

namespace Mila.Events.Tests.Waiting;

public class LineKeyTests
{
    private static readonly Guid Event = Guid.CreateVersion7();

    [Fact]
    public void Keys_sort_by_past_places_then_time_then_id() => Gen.Select(Gen.Int[0, 99], Gen.Int[0, 99], Gen.Long[0, long.MaxValue / 4], Gen.Long[0, long.MaxValue / 4]).Sample((p1, p2, t1, t2) =>
    {
        var (a, b) = (LineKey.Of(Event, p1, new DateTimeOffset(t1, TimeSpan.Zero), Guid.Empty), LineKey.Of(Event, p2, new DateTimeOffset(t2, TimeSpan.Zero), Guid.Empty));
        Math.Sign(string.CompareOrdinal(a, b)).ShouldBe((p1, t1).CompareTo((p2, t2)));
        string.CompareOrdinal(LineKey.First(Event), a).ShouldBeLessThan(0);
        string.CompareOrdinal(a, LineKey.Last(Event)).ShouldBeLessThan(0);
    });

    [Fact]
    public void There_is_always_room_between_two() => Gen.Int[0, 20].Array[1, 60].Sample(places =>
    {
        var line = new List<string> { LineKey.First(Event), LineKey.Of(Event, 0, DateTimeOffset.UnixEpoch, Guid.Empty), LineKey.Last(Event) };
        foreach (var place in places)
        {
            var at = place % (line.Count - 1);
            var key = LineKey.Between(line[at], line[at + 1]);
            string.CompareOrdinal(line[at], key).ShouldBeLessThan(0);
            string.CompareOrdinal(key, line[at + 1]).ShouldBeLessThan(0);
            line.Insert(at + 1, key);
        }
    }, iter: 300);

    [Fact]
    public void Right_behind_one_there_is_always_room_where_nobody_who_asks_later_can_come() => Gen.Select(Gen.Int[0, 20].Array[1, 40], Gen.Int[0, 99].Array[1, 20]).Sample((places, past) =>
    {
        var asked = past.Select((p, i) => LineKey.Of(Event, p, DateTimeOffset.UnixEpoch.AddTicks(i * 7), Guid.CreateVersion7())).ToList();
        var line = new List<string> { LineKey.First(Event) };
        line.AddRange(asked.Take(asked.Count / 2).Order(StringComparer.Ordinal));
        line.Add(LineKey.Last(Event));
        foreach (var place in places)
        {
            var at = place % (line.Count - 1);
            var key = LineKey.Behind(line[at], line[at + 1]);
            string.CompareOrdinal(line[at], key).ShouldBeLessThan(0);
            string.CompareOrdinal(key, line[at + 1]).ShouldBeLessThan(0);
            asked.Skip(asked.Count / 2).ShouldAllBe(later => string.CompareOrdinal(later, line[at]) < 0 || string.CompareOrdinal(later, key) > 0);
            line.Insert(at + 1, key);
        }
    }, iter: 300);

    [Fact]
    public void Moving_on_and_on_to_one_spot_makes_keys_longer_by_a_digit_in_four()
    {
        var (first, high) = (LineKey.Of(Event, 0, DateTimeOffset.UnixEpoch, Guid.Empty), LineKey.Last(Event));
        for (var i = 0; i < 400; i++) high = LineKey.Behind(first, high);
        high.Length.ShouldBeLessThanOrEqualTo(first.Length + 101);
    }

    [Fact]
    public void Two_that_stand_on_one_spot_have_the_next_behind_them() => Gen.Int[0, 3].Sample(zeros =>
    {
        var spot = LineKey.Of(Event, 0, DateTimeOffset.UnixEpoch, Guid.Empty);
        var key = LineKey.Between(spot, spot + new string('0', zeros));
        string.CompareOrdinal(spot + new string('0', zeros), key).ShouldBeLessThan(0);
        string.CompareOrdinal(key, LineKey.Last(Event)).ShouldBeLessThan(0);
    });
}
