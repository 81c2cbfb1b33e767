using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Host.Tests.Api;

/// <summary>Bounds of lists in time: only what is written as API.md R9 says, and never by the clock or the habits of the machine.</summary>
public sealed class PointInTimeTests
{
    [Theory]
    [InlineData("2026-03-02T19:00:00+01:00", "2026-03-02T18:00:00.000000Z")]
    [InlineData("2026-03-02T18:00:00Z", "2026-03-02T18:00:00.000000Z")]
    [InlineData("2026-03-02T18:00:00.123456Z", "2026-03-02T18:00:00.123456Z")]
    [InlineData("2026-03-02T19:00", "2026-03-02T18:00:00.000000Z")]
    [InlineData("2026-07-02T19:00:00", "2026-07-02T17:00:00.000000Z")]
    [InlineData("2026-07-02", "2026-07-01T22:00:00.000000Z")]
    public void An_instant_is_as_in_RFC_3339_or_a_time_in_Paris(string text, string utc) => PointInTime.Read(text, ofDays: false)!.Text.ShouldBe(utc);

    [Theory]
    [InlineData("Mon, 02 Mar 2026 19:00:00 GMT")]
    [InlineData("March 2, 2026 7:00 PM and more")]
    [InlineData("2026-03-02T19:00:00.000")]
    [InlineData("2026-03-02T19:00:00 01:00")]
    [InlineData("2026-03-02T19:00:00+01:00:00")]
    [InlineData("02/03/2026 19:00:00 +01:00")]
    [InlineData("2026-03-29T02:30")]
    [InlineData("2026-10-25T02:30")]
    [InlineData("2026-02-30T10:00:00Z")]
    [InlineData("2026-03")]
    [InlineData("")]
    public void Anything_else_is_none(string text) => PointInTime.Read(text, ofDays: false).ShouldBeNull();

    [Theory]
    [InlineData("2026-03-31T23:30:00Z", "2026-02-28T23:30:00.000000Z")]
    [InlineData("2026-01-31", "2025-12-30T23:00:00.000000Z")]
    [InlineData("9999-12-31", "9999-12")]
    [InlineData("0001-01-01", "0001-01")]
    public void What_lasts_a_month_at_most_began_after_this(string text, string earlier)
    {
        var point = PointInTime.Read(text, ofDays: false)!;
        point.Earlier(TimeSpan.FromDays(31)).ShouldBe(earlier);
        string.CompareOrdinal(earlier, point.Month).ShouldBeLessThanOrEqualTo(0, "What is to be in that month is not left out.");
    }
}
