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

    [Theory]
    [InlineData("a^b@label.example", "mailto:a%5Eb@label.example")]
    [InlineData("a%b@label.example", "mailto:a%25b@label.example")]
    [InlineData("a{b@label.example", "mailto:a%7Bb@label.example")]
    [InlineData("a`b|c}d@label.example", "mailto:a%60b%7Cc%7Dd@label.example")]
    [InlineData("nina+club@label.example", "mailto:nina+club@label.example")]
    public async Task An_odd_address_that_is_valid_is_written_into_the_file_and_stops_nobodys_letter(string email, string written)
    {
        using var admin = mila.Admin();
        var (@event, next) = (await Door.OpenAsync(admin), Door.NewEmail());
        await Door.RegisteredAsync(admin, @event, email: email);
        await Door.RegisteredAsync(admin, @event, email: next);
        await mila.DrainAsync();
        (await mila.SqlAsync($"select count(*) from mila.mt_doc_outgoingmail where data ->> 'to' = '{next}'")).ShouldBe(1L);
        var file = (string)(await mila.SqlAsync($"select a ->> 'content' from mila.mt_doc_outgoingmail, jsonb_array_elements(data -> 'attachments') a where data ->> 'to' = '{email}' and a ->> 'fileName' = 'mila.ics'"))!;
        Encoding.UTF8.GetString(Convert.FromBase64String(file)).Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain($":{written}\r\n");
    }

    [Theory]
    [InlineData("professionals", false)]
    [InlineData("public", true)]
    public async Task The_link_of_an_event_that_is_not_for_everybody_is_written_to_those_who_have_a_place(string audience, bool shown)
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1, audience: audience, venue: new { mode = "online", url = "https://meet.example/secret" });
        var (seated, waiting) = (await Door.RegisteredAsync(admin, @event, more: new { organisation = "Label" }), await Door.RegisteredAsync(admin, @event, "waitlisted", more: new { organisation = "Studio" }));
        (await WrittenAsync(seated)).ShouldContain("meet.example/secret");
        (await WrittenAsync(waiting)).Contains("meet.example/secret", StringComparison.Ordinal).ShouldBe(shown);
        (await PageAsync(waiting)).Contains("meet.example/secret", StringComparison.Ordinal).ShouldBe(shown);
        (await PageAsync(seated)).ShouldContain("meet.example/secret");

        // Who gives the place back has it no more, and who takes it has it then.
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);
        (await admin.TellAsync($"{waiting.Registration()}/acceptance", null)).Expect(200);
        (await PageAsync(seated)).Contains("meet.example/secret", StringComparison.Ordinal).ShouldBe(shown);
        (await WrittenAsync(waiting)).ShouldContain("meet.example/secret");

        // All that was written to a person, the files too.
        async Task<string> WrittenAsync(Answer r)
        {
            await mila.DrainAsync();
            return (string)(await mila.SqlAsync($"""
                select string_agg((data ->> 'text') || coalesce((select string_agg(replace(convert_from(decode(a ->> 'content', 'base64'), 'UTF8'), E'\r\n ', ''), ' ') from jsonb_array_elements(data -> 'attachments') a where a ->> 'fileName' = 'mila.ics'), ''), ' ')
                from mila.mt_doc_outgoingmail where data ->> 'to' = '{r["email"].GetString()}'
                """))!;
        }

        async Task<string> PageAsync(Answer r)
        {
            using var person = mila.Anonymous();
            var signer = (Mila.BuildingBlocks.Security.LinkSigner)mila.Services.GetService(typeof(Mila.BuildingBlocks.Security.LinkSigner))!;
            return (await person.AskAsync($"/registrations/{new RegistrationLink(r["id"].GetGuid(), LinkUse.Own).Seal(signer)}")).Expect(200).Text;
        }
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
