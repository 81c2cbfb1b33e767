using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Attendance;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.Attendance;

public sealed class AttendanceTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Who_came_is_checked_in_who_did_not_is_a_no_show_and_who_came_is_asked_how_it_was()
    {
        using var admin = mila.Admin();
        var soon = mila.Clock.GetUtcNow().AddHours(1);
        var @event = await Door.OpenAsync(admin, startsAt: soon.ToString("O"), endsAt: soon.AddHours(2).ToString("O"));
        var email = Door.NewEmail();
        var (came, away) = (await Door.RegisteredAsync(admin, @event, email: email, more: new { seats = 2, organisation = "Label" }), await Door.RegisteredAsync(admin, @event));
        (await admin.TellAsync($"{@event.Path()}/attendance", null)).ShouldRefuse(409, "event-not-over");
        (await admin.TellAsync($"{came.Registration()}/check-in", null)).Expect(200)["status"].GetString().ShouldBe("attended");
        (await admin.TellAsync($"{came.Registration()}/check-in", null)).ShouldRefuse(409, "already-checked-in");

        mila.Clock.Advance(TimeSpan.FromHours(4));
        (await admin.TellAsync($"{@event.Path()}/attendance", null)).Expect(200);
        await mila.DrainAsync();
        (await admin.TellAsync($"{@event.Path()}/attendance", null)).ShouldRefuse(409, "attendance-closed");
        (await Door.StatusAsync(admin, away)).ShouldBe("noShow");
        var counted = (await admin.AskAsync($"{@event.Path()}/attendance")).Expect(200);
        (counted["attended"].GetInt32(), counted["noShow"].GetInt32(), counted["expected"].GetInt32(), counted["organisations"].GetInt32()).ShouldBe((2, 1, 0, 1));
        (await admin.TellAsync($"{came.Registration()}/cancellation", null)).ShouldRefuse(409, "registration-after-event");

        var mail = JsonDocument.Parse((string)(await mila.SqlAsync($"select json_agg(data)::text from mila.mt_doc_outgoingmail where data ->> 'to' = '{email}' and data ->> 'text' like '%/feedback/%'"))!).RootElement.EnumerateArray().Single();
        var text = mail.GetProperty("text").GetString()!;
        Invitation(mail).ShouldSatisfyAllConditions(c => c.ShouldContain("STATUS:CONFIRMED"), c => c.ShouldContain("PARTSTAT=ACCEPTED"));
        var missed = JsonDocument.Parse((string)(await mila.SqlAsync($"select json_agg(data)::text from mila.mt_doc_outgoingmail where data ->> 'to' = '{away["email"].GetString()}' and data ->> 'subject' like 'Vous étiez attendu%'"))!).RootElement.EnumerateArray().Single();
        missed.GetProperty("text").GetString()!.ShouldContain("rend la place");
        Invitation(missed).ShouldSatisfyAllConditions(c => c.ShouldContain("PARTSTAT=DECLINED"), c => c.ShouldContain("TRANSP:TRANSPARENT"));
        var path = new Uri(text[text.IndexOf("http", StringComparison.Ordinal)..].Split('\n')[0].Trim()).PathAndQuery;
        path.ShouldStartWith("/feedback/");
        (await FormAsync(path, ("score", "6"))).Header("Location").ShouldBe(path + "?wrong=1");
        (await FormAsync(path, ("score", "4"), ("text", "Très bien"))).Status.ShouldBe(303);
        (await FormAsync(path, ("score", "1"))).Status.ShouldBe(303);
        foreach (var where in new[] { $"{@event.Path()}/feedback", $"/v1/programmes/{@event["programme"].GetString()}/feedback" })
        {
            var summary = (await admin.AskAsync(where)).Expect(200);
            (summary["count"].GetInt32(), summary["average"].GetDecimal(), summary["texts"][0].GetString(), summary["events"].GetInt32()).ShouldBe((1, 4m, "Très bien", 1));
        }

        (await admin.AskAsync("/v1/programmes/nothing/feedback")).ShouldRefuse(404, "programme-unknown");
    }

    [Fact]
    public async Task Who_is_checked_in_late_is_thanked_and_not_missed()
    {
        using var admin = mila.Admin();
        var soon = mila.Clock.GetUtcNow().AddHours(1);
        var @event = await Door.OpenAsync(admin, startsAt: soon.ToString("O"), endsAt: soon.AddHours(2).ToString("O"));
        var late = await Door.RegisteredAsync(admin, @event);
        await mila.DrainAsync();
        mila.Clock.Advance(TimeSpan.FromHours(4));
        (await admin.TellAsync($"{@event.Path()}/attendance", null)).Expect(200);
        await using (var session = mila.Services.GetRequiredService<Marten.IDocumentStore>().LightweightSession())
        {
            await new WhenAttendanceIsClosed(session, mila.Services.GetRequiredService<Mila.Events.Registrations.Desks>()).Handle(new AttendanceClosed(Guid.Parse(@event.Id()), ""), default);
            await session.SaveChangesAsync();
        }

        // It was handled here, before what it says is written.
        await mila.SqlAsync("delete from mila.outbox where type = 'Events.AttendanceClosed'");
        (await admin.TellAsync($"{late.Registration()}/check-in", null)).Expect(200);
        await mila.DrainAsync();
        (await mila.SqlAsync($"select string_agg(split_part(data ->> 'subject', ' : ', 1), ', ' order by data ->> 'subject') from mila.mt_doc_outgoingmail where data ->> 'to' = '{late["email"].GetString()}'")).ShouldBe("Comment était-ce ?, Votre place");
    }

    private static string Invitation(JsonElement mail) =>
        System.Text.Encoding.UTF8.GetString(mail.GetProperty("attachments").EnumerateArray().Single(a => a.GetProperty("fileName").GetString() == "mila.ics").GetProperty("content").GetBytesFromBase64()).Replace("\r\n ", "", StringComparison.Ordinal);

    [Fact]
    public async Task Who_took_part_by_the_link_is_not_told_that_a_seat_stayed_empty()
    {
        using var admin = mila.Admin();
        var soon = mila.Clock.GetUtcNow().AddHours(1);
        var @event = await Door.OpenAsync(admin, startsAt: soon.ToString("O"), endsAt: soon.AddHours(2).ToString("O"), venue: new { mode = "hybrid", name = "MILA", url = "https://meet.example/club" });
        var (remote, seated) = (await Door.RegisteredAsync(admin, @event, more: new { place = "remote" }), await Door.RegisteredAsync(admin, @event));
        await mila.DrainAsync();
        mila.Clock.Advance(TimeSpan.FromHours(4));
        (await admin.TellAsync($"{@event.Path()}/attendance", null)).Expect(200);
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, remote), await Door.StatusAsync(admin, seated)).ShouldBe(("noShow", "noShow"));
        async Task<object?> SubjectsAsync(Answer r) => await mila.SqlAsync($"select string_agg(split_part(data ->> 'subject', ' : ', 1), ', ' order by data ->> 'subject') from mila.mt_doc_outgoingmail where data ->> 'to' = '{r["email"].GetString()}'");
        (await SubjectsAsync(remote), await SubjectsAsync(seated)).ShouldBe(("Votre place", "Votre place, Vous étiez attendu"));
    }

    [Fact]
    public async Task A_ticket_is_checked_in_on_a_phone_by_whoever_knows_the_door_code()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var soon = mila.Clock.GetUtcNow().AddHours(11);
        var @event = await Door.OpenAsync(admin, startsAt: soon.ToString("O"), endsAt: soon.AddHours(2).ToString("O"));
        var made = await Door.RegisteredAsync(admin, @event);
        var signer = (Mila.BuildingBlocks.Security.LinkSigner)mila.Services.GetService(typeof(Mila.BuildingBlocks.Security.LinkSigner))!;
        var ticket = $"/check-in/{new Mila.Events.Letters.RegistrationLink(made["id"].GetGuid(), Mila.Events.Letters.LinkUse.Ticket).Seal(signer)}";
        (await nobody.AskAsync(ticket)).Expect(200).Text.ShouldContain("Nina Simon");
        (await FormAsync(ticket, ("code", "00000000"))).Header("Location").ShouldBe(ticket + "?wrong=1");
        (await Door.StatusAsync(admin, made)).ShouldBe("confirmed");

        var code = (await admin.AskAsync($"{@event.Path()}/attendance")).Expect(200)["doorCode"].GetString()!;
        code.Length.ShouldBe(8);
        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.AskAsync($"{@event.Path()}/attendance")).Expect(200)["doorCode"].ValueKind.ShouldBe(JsonValueKind.Null);
        var checkedIn = await FormAsync(ticket, ("code", code));
        checkedIn.Header("Location").ShouldBe(ticket);
        (await Door.StatusAsync(admin, made)).ShouldBe("attended");
        (await nobody.AskAsync(ticket)).Text.ShouldContain("Pointé");

        // The phone that typed the code asks for it no more at this event, and still does at another.
        var pass = checkedIn.Header("Set-Cookie")!;
        foreach (var limit in new[] { "path=/check-in", "httponly", "samesite=lax" }) pass.ShouldContain(limit);
        string TicketOf(Answer r) => $"/check-in/{new Mila.Events.Letters.RegistrationLink(r["id"].GetGuid(), Mila.Events.Letters.LinkUse.Ticket).Seal(signer)}";
        var (next, elsewhere) = (await Door.RegisteredAsync(admin, @event), await Door.RegisteredAsync(admin, await Door.OpenAsync(admin, startsAt: soon.ToString("O"), endsAt: soon.AddHours(2).ToString("O"))));
        using var phone = mila.Anonymous();
        phone.DefaultRequestHeaders.Add("Cookie", pass.Split(';')[0]);
        (await phone.AskAsync(TicketOf(next))).Text.ShouldNotContain("name=\"code\"");
        (await phone.AskAsync(TicketOf(elsewhere))).Text.ShouldContain("name=\"code\"");
        (await nobody.AskAsync(TicketOf(next))).Text.ShouldContain("name=\"code\"");
        foreach (var (registration, status) in new[] { (next, "attended"), (elsewhere, "confirmed") })
        {
            using var empty = new FormUrlEncodedContent([]);
            using var answer = await phone.PostAsync(TicketOf(registration), empty);
            (await Door.StatusAsync(admin, registration)).ShouldBe(status);
        }
    }

    [Fact]
    public async Task The_roster_is_a_file_that_no_spreadsheet_runs_and_a_page_to_print()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin);
        foreach (var name in new[] { "=1+1", "Zoé \"Z\", l'autre", "<script>" }) (await admin.TellAsync($"{@event.Path()}/registrations", new { name, email = Door.NewEmail() })).Expect(201);

        var csv = (await admin.AskAsync($"{@event.Path()}/roster.csv")).Expect(200);
        csv.ContentHeaders.ContentType!.MediaType.ShouldBe("text/csv");
        csv.ContentHeaders.ContentDisposition!.FileName.ShouldBe($"{@event["slug"].GetString()}.csv");
        var lines = csv.Text.Split("\r\n");
        lines[0].ShouldBe("name,email,organisation,status,seats,language,askedAt,place");
        lines.Length.ShouldBe(5);
        lines.ShouldContain(l => l.StartsWith("\"'=1+1\",", StringComparison.Ordinal));
        lines.ShouldContain(l => l.StartsWith("\"Zoé \"\"Z\"\", l'autre\",", StringComparison.Ordinal));
        var page = (await admin.AskAsync($"{@event.Path()}/roster.html")).Expect(200).Text;
        (page.Contains("&lt;script&gt;", StringComparison.Ordinal), page.Contains("<script", StringComparison.Ordinal)).ShouldBe((true, false));
        using var nobody = mila.Anonymous();
        (await nobody.AskAsync($"{@event.Path()}/roster.csv")).ShouldRefuse(401, "unauthenticated");
        (await admin.AskAsync($"/v1/events/{Guid.CreateVersion7()}/roster.csv")).ShouldRefuse(404, "event-unknown");
    }

    [Fact]
    public async Task The_roster_is_in_the_order_of_the_alphabet_and_says_that_it_is_utf_8()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin);
        foreach (var name in new[] { "Zoé", "zac", "Élodie", "Emma", "adèle" }) await Door.RegisteredAsync(admin, @event, more: new { name });
        var bytes = await admin.GetByteArrayAsync($"{@event.Path()}/roster.csv");
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        System.Text.Encoding.UTF8.GetString(bytes[3..]).Split("\r\n")[1..^1].Select(l => l.Split('"')[1]).ShouldBe(["adèle", "Élodie", "Emma", "zac", "Zoé"]);
    }

    [Fact]
    public async Task An_event_whose_list_is_closed_has_no_other_time()
    {
        using var admin = mila.Admin();
        var soon = mila.Clock.GetUtcNow().AddHours(1);
        var @event = await Door.OpenAsync(admin, startsAt: soon.ToString("O"), endsAt: soon.AddHours(2).ToString("O"));
        var later = new { startsAt = soon.AddDays(7).ToString("O"), endsAt = soon.AddDays(7).AddHours(2).ToString("O") };
        mila.Clock.Advance(TimeSpan.FromHours(4));
        (await admin.TellAsync($"{@event.Path()}/attendance", null)).Expect(200);
        (await admin.AmendAsync(@event.Path(), later, await admin.TagAsync(@event.Path()))).ShouldRefuse(409, "event-list-closed");
        (await admin.AmendAsync(@event.Path(), new { title = new { fr = "Club", en = "Club" } }, await admin.TagAsync(@event.Path()))).Expect(200);

        var open = await Door.OpenAsync(admin, startsAt: soon.ToString("O"), endsAt: soon.AddHours(2).ToString("O"));
        (await admin.AmendAsync(open.Path(), later, await admin.TagAsync(open.Path()))).Expect(200);
    }

    [Fact]
    public async Task A_slip_at_the_door_is_taken_back_until_the_list_is_closed()
    {
        using var admin = mila.Admin();
        var soon = mila.Clock.GetUtcNow().AddHours(1);
        var @event = await Door.OpenAsync(admin, startsAt: soon.ToString("O"), endsAt: soon.AddHours(2).ToString("O"));
        var (slip, came) = (await Door.RegisteredAsync(admin, @event), await Door.RegisteredAsync(admin, @event));
        var door = $"{slip.Registration()}/check-in";
        (await admin.CallAsync("DELETE", door, null, ("If-Match", await admin.TagAsync(slip.Registration())))).ShouldRefuse(409, "registration-not-checked-in");
        var here = (await admin.TellAsync(door, null)).Expect(200).Etag;
        (await admin.CallAsync("DELETE", door, null)).Status.ShouldBe(428);
        (await admin.CallAsync("DELETE", door, null, ("If-Match", await admin.TagAsync(came.Registration())))).Status.ShouldBe(412);
        (await admin.CallAsync("DELETE", door, null, ("If-Match", here))).Expect(200)["status"].GetString().ShouldBe("confirmed");
        (await admin.AskAsync($"{@event.Path()}/attendance")).Expect(200)["expected"].GetInt32().ShouldBe(2);
        (await Door.SeatsAsync(admin, @event)).ShouldBe((2, 0, 0));
        (await admin.TellAsync($"{came.Registration()}/check-in", null)).Expect(200);
        await mila.DrainAsync();
        (await mila.SqlAsync($"select count(*) from mila.mt_doc_outgoingmail where data ->> 'to' = '{slip["email"].GetString()}'")).ShouldBe(1L, "nobody is written of a slip");

        using var reader = await mila.KeyAsync(null, "events:read");
        (await reader.CallAsync("DELETE", door, null, ("If-Match", here))).Status.ShouldBe(403);
        (await admin.CallAsync("DELETE", $"/v1/registrations/{Guid.CreateVersion7()}/check-in", null, ("If-Match", here))).ShouldRefuse(404, "registration-unknown");
        mila.Clock.Advance(TimeSpan.FromHours(4));
        (await admin.TellAsync($"{@event.Path()}/attendance", null)).Expect(200);
        (await admin.CallAsync("DELETE", $"{came.Registration()}/check-in", null, ("If-Match", await admin.TagAsync(came.Registration())))).ShouldRefuse(409, "attendance-closed");
    }

    [Fact]
    public async Task A_ticket_of_somebody_who_switched_to_the_link_asks_for_a_seat_first()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var soon = mila.Clock.GetUtcNow().AddHours(3);
        var @event = await Door.OpenAsync(admin, capacity: 1, startsAt: soon.ToString("O"), endsAt: soon.AddHours(2).ToString("O"), venue: new { mode = "hybrid", name = "MILA", url = "https://meet.example/club" });
        var switched = await Door.RegisteredAsync(admin, @event);
        (await admin.TellAsync($"{switched.Registration()}/place", new { place = "remote" })).Expect(200);
        var seated = await Door.RegisteredAsync(admin, @event);
        var signer = (Mila.BuildingBlocks.Security.LinkSigner)mila.Services.GetService(typeof(Mila.BuildingBlocks.Security.LinkSigner))!;
        var ticket = $"/check-in/{new Mila.Events.Letters.RegistrationLink(switched["id"].GetGuid(), Mila.Events.Letters.LinkUse.Ticket).Seal(signer)}";
        var code = (await admin.AskAsync($"{@event.Path()}/attendance")).Expect(200)["doorCode"].GetString()!;
        (await nobody.AskAsync(ticket)).Expect(200).Text.ShouldContain("a rendu son siège");

        (await FormAsync(ticket, ("code", code))).Header("Location").ShouldBe(ticket + "?full=1");
        (await nobody.AskAsync(ticket + "?full=1")).Expect(200).Text.ShouldContain("Aucun siège");
        (await Door.StatusAsync(admin, switched)).ShouldBe("confirmed");

        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);
        (await FormAsync(ticket, ("code", code))).Header("Location").ShouldBe(ticket);
        var here = (await admin.AskAsync(switched.Registration())).Expect(200);
        (here["status"].GetString(), here["place"].GetString()).ShouldBe(("attended", "onSite"));
        (await nobody.AskAsync(ticket + "?full=1")).Expect(200).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Pointé"), t => t.ShouldNotContain("Aucun siège"));
    }

    [Fact]
    public async Task The_page_to_print_says_who_is_expected_at_the_door_and_who_is_not()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, venue: new { mode = "hybrid", name = "MILA", url = "https://meet.example/club" });
        await Door.RegisteredAsync(admin, @event, more: new { name = "Ada" });
        await Door.RegisteredAsync(admin, @event, more: new { name = "Bo", place = "remote" });
        (await admin.AskAsync($"{@event.Path()}/roster.html?lang=en")).Expect(200).Text.ShouldSatisfyAllConditions(
            t => t.ShouldContain("<td>Ada</td><td></td><td>1</td><td>On site</td>"), t => t.ShouldContain("<td>Bo</td><td></td><td>1</td><td>Remotely</td>"));
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a \"b\"", "\"a \"\"b\"\"\"")]
    [InlineData("=x", "\"'=x\"")]
    [InlineData("+33", "\"'+33\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@x", "\"'@x\"")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("＝x", "\"'＝x\"")]
    [InlineData("", "\"\"")]
    public void A_cell_stays_text(string text, string cell) => Roster.Cell(text).ShouldBe(cell);

    private async Task<Answer> FormAsync(string path, params (string Name, string Value)[] fields)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = mila.Address };
        using var answer = await client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        return new Answer((int)answer.StatusCode, answer.Headers, answer.Content.Headers, await answer.Content.ReadAsStringAsync());
    }
}
