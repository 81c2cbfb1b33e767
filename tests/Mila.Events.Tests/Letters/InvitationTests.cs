using System.Text;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Letters;
using Mila.Events.Registrations;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.Letters;

public sealed class InvitationTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Nina\r\nATTENDEE:mailto:evil@evil.example", "Nina ATTENDEE:mailto:evil@evil.example")]
    [InlineData("Nina\nEND:VEVENT", "Nina END:VEVENT")]
    [InlineData("Nina\u2028END:VEVENT\u0001", "Nina END:VEVENT")]
    [InlineData("Nina \"N\" Simon; Label, Paris: 2", "Nina 'N' Simon; Label, Paris: 2")]
    public void Whatever_stands_in_a_name_it_is_one_parameter_of_one_line(string name, string written)
    {
        var person = new Person(name, "nina@label.example", null, "fr");
        Event.Plan(Guid.CreateVersion7(Now), "club", new EventPlan("club", new EventTexts(new LocalizedText("Club\r\nEND:VEVENT"), null), EventStatus.Planned, null, Now.AddDays(7), Now.AddDays(7).AddHours(2), null, Audience.Public, null, null, [], [], []), Now)
            .Succeeded(out var e, out _).ShouldBeTrue();
        var registration = Registration.Ask(Guid.CreateVersion7(Now), e!.Id, new Wish(person, null, null, 1, "person nina"), Place.OnSite, 0, Now);
        var ics = Encoding.UTF8.GetString(Invitation.Write(registration, e, RegistrationStatus.Confirmed, 1, new RegistrationSettings(TimeSpan.FromHours(4), TimeSpan.FromMinutes(30), "http://localhost", "mila@example.org"), Now)!.Value.Bytes);

        var lines = ics.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Count(l => l.StartsWith("ATTENDEE", StringComparison.Ordinal)).ShouldBe(1);
        lines.Count(l => l == "END:VEVENT").ShouldBe(1);
        lines.ShouldAllBe(l => !l.Any(char.IsControl));
        var attendee = Ical.Net.Calendar.Load(ics)!.Events[0]!.Attendees.ShouldHaveSingleItem();
        (attendee.CommonName, attendee.Value!.ToString()).ShouldBe((written, "mailto:nina@label.example"));
    }

    [Fact]
    public async Task A_name_of_several_lines_comes_in_as_one_by_every_door()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var @event = await Door.OpenAsync(admin);
        foreach (var caller in new[] { admin, nobody })
        {
            var made = (await Door.AskAsync(caller, @event, more: new { name = "Nina\r\nSimon\t", organisation = "Label\u2028Deux" })).Expect(201);
            (made["name"].GetString(), made["organisation"].GetString()).ShouldBe(("Nina Simon", "Label Deux"));
            (await Door.AskAsync(caller, @event, more: new { name = "\u0001\r\n" })).ShouldRefuse(422, "request-invalid", "/name required");
        }

        (await Door.AskAsync(admin, @event, more: new { organisation = "\u0001" })).Expect(201)["organisation"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }
}
