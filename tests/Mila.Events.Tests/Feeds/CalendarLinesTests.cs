using System.Text;
using CsCheck;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Feeds;

namespace Mila.Events.Tests.Feeds;

public sealed class CalendarLinesTests
{
    private static readonly string[] Odd = ["🎷", "é", "\r\n", "\n", "\\", ";", ",", ":", "\"", "BEGIN:VEVENT", "\u2028", "\t", "\u0000", "e\u0301"];
    private static readonly Gen<string> Titles = Gen.OneOf(
        Gen.Char.Select(c => c.ToString()), Gen.Int[0, Odd.Length - 1].Select(i => Odd[i])).Array[1, 60].Select(parts => string.Concat(parts));

    [Fact]
    public void Whatever_people_type_is_one_summary_in_lines_of_75_octets() => Titles.Where(t => !HasLoneSurrogate(t)).Sample(title =>
    {
        var lines = Unfolded(Write(title), out var longest);

        longest.ShouldBeLessThanOrEqualTo(75);
        lines.Count(l => l == "BEGIN:VEVENT").ShouldBe(1);
        var summary = lines.Where(l => l.StartsWith("SUMMARY", StringComparison.Ordinal)).ToArray();
        Unescaped(summary.Length == 0 ? "" : summary.Single()["SUMMARY:".Length..]).ShouldBe(Plain.Line(title));
        lines.ShouldNotContain(l => l.Any(char.IsControl));
    }, iter: 300);

    private static string Write(string title)
    {
        var at = new DateTimeOffset(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);
        Event.Plan(Guid.CreateVersion7(at), "slug", new EventPlan(
            "club-mila", new EventTexts(new LocalizedText(title), null), EventStatus.Planned, null, at.AddDays(1), at.AddDays(1).AddHours(2), null, Audience.Members, null, null, [], [], [], null), at)
            .Succeeded(out var planned, out _).ShouldBeTrue();
        planned!.Publish(at);
        return Encoding.UTF8.GetString(CalendarFeed.Write(new FeedOutline(Sites.Example, AgendaFilter.None, "/feeds/events", "", "MILA", [new PublicEvent(planned)], at)));
    }

    private static string[] Unfolded(string calendar, out int longest)
    {
        longest = calendar.Split("\r\n").Max(Encoding.UTF8.GetByteCount);
        return calendar.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
    }

    private static string Unescaped(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++) plain.Append(text[i] != '\\' ? text[i] : text[++i] is 'n' or 'N' ? '\n' : text[i]);
        return plain.ToString();
    }

    private static bool HasLoneSurrogate(string text) => text.EnumerateRunes().Any(r => r.Value == 0xFFFD) || text.Where((c, i) => char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) && !(char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1]))).Any();
}
