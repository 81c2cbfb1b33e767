using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.Letters;

public sealed partial class MovedAndCancelledLettersTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Who_is_registered_or_waits_is_written_that_the_event_moved_and_that_it_is_off()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        var (ada, bo) = (Door.NewEmail(), Door.NewEmail());
        await Door.RegisteredAsync(admin, @event, email: ada);
        await Door.RegisteredAsync(admin, @event, "waitlisted", bo, new { language = "en" });
        await mila.DrainAsync();
        var before = SequenceOf(await LastAsync(admin, ada));

        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        await Door.ChangeAsync(admin, @event, new { startsAt = "2026-03-17T19:00", endsAt = "2026-03-17T21:00" });
        await mila.DrainAsync();
        var moved = await LastAsync(admin, ada);
        moved.GetProperty("subject").GetString().ShouldBe("Changement : Club MILA");
        moved.GetProperty("text").GetString()!.ShouldContain("mardi 17 mars 2026 à 19h00");
        CalendarOf(moved).ShouldContain("DTSTART:20260317T180000Z");
        SequenceOf(moved).ShouldBeGreaterThan(before);
        (await LastAsync(admin, bo)).GetProperty("text").GetString()!.ShouldContain("Tuesday 17 March 2026 at 19:00");

        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        (await admin.TellAsync($"{@event.Path()}/cancellation", new { reason = new { fr = "Grève des transports.", en = "Transport strike." } })).Expect(200);
        await mila.DrainAsync();
        var off = await LastAsync(admin, ada);
        off.GetProperty("text").GetString()!.ShouldContain("L'événement est annulé : Grève des transports.");
        CalendarOf(off).ShouldContain("METHOD:CANCEL");
        SequenceOf(off).ShouldBeGreaterThan(SequenceOf(moved));
        (await LastAsync(admin, bo)).GetProperty("text").GetString()!.ShouldContain("The event is cancelled: Transport strike.");
    }

    [Fact]
    public async Task An_event_that_loses_its_day_takes_the_day_that_was_known_out_of_calendars_and_comes_back_with_the_next()
    {
        using var admin = mila.Admin();
        var (@event, email) = (await Door.OpenAsync(admin), Door.NewEmail());
        await Door.RegisteredAsync(admin, @event, email: email);
        await mila.DrainAsync();
        var known = await LastAsync(admin, email);

        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        @event = await Door.ChangeAsync(admin, @event, new { startsAt = (string?)null, endsAt = (string?)null, month = "2026-04" });
        await mila.DrainAsync();
        var moved = await LastAsync(admin, email);
        moved.GetProperty("text").GetString()!.ShouldContain("avril 2026, date à confirmer");
        CalendarOf(moved).ShouldSatisfyAllConditions(
            c => c.ShouldContain("METHOD:CANCEL"), c => c.ShouldContain("STATUS:CANCELLED"), c => c.ShouldContain("DTSTART:20260316T180000Z"), c => c.ShouldNotContain("DTEND"), c => c.ShouldContain(UidOf(known)));
        SequenceOf(moved).ShouldBe(SequenceOf(known) + 1);

        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        @event = await Door.ChangeAsync(admin, @event, new { startsAt = "2026-04-13T19:00", endsAt = "2026-04-13T21:00", month = (string?)null });
        await mila.DrainAsync();
        var again = await LastAsync(admin, email);
        CalendarOf(again).ShouldSatisfyAllConditions(c => c.ShouldContain("METHOD:REQUEST"), c => c.ShouldContain("DTSTART:20260413T170000Z"), c => c.ShouldContain(UidOf(known)));
        SequenceOf(again).ShouldBe(SequenceOf(known) + 2);
    }

    private static string UidOf(JsonElement mail) => CalendarOf(mail).Split("\r\n").Single(l => l.StartsWith("UID:", StringComparison.Ordinal));

    private static async Task<JsonElement> LastAsync(HttpClient admin, string to)
    {
        var list = (await admin.AskAsync($"/v1/mails?to={Uri.EscapeDataString(to)}&sort=-createdAt&limit=1")).Expect(200);
        return (await admin.AskAsync($"/v1/mails/{list["items"][0].GetProperty("id").GetString()}")).Expect(200).Json;
    }

    private static string CalendarOf(JsonElement mail) =>
        Encoding.UTF8.GetString(mail.GetProperty("attachments").EnumerateArray().Single(a => a.GetProperty("fileName").GetString() == "mila.ics").GetProperty("content").GetBytesFromBase64());

    private static int SequenceOf(JsonElement mail) => int.Parse(Sequence().Match(CalendarOf(mail)).Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\nSEQUENCE:(?<n>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sequence();
}
