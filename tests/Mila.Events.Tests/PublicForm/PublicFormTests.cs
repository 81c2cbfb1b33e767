using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Registrations;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.PublicForm;

public sealed partial class PublicFormTests(TestMila mila) : IClassFixture<TestMila>
{
    private readonly List<JsonElement> _seen = [];

    [Fact]
    public async Task A_stranger_confirms_by_the_link_in_the_mail_and_gets_an_invitation()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (@event, email) = (await Door.OpenAsync(admin, capacity: 1), Door.NewEmail());
        var asked = (await Door.AskAsync(nobody, @event, email, new { language = "en" })).Expect(201);
        asked["status"].GetString().ShouldBe("pending");
        (await Door.SeatsAsync(admin, @event)).ShouldBe((0, 1, 0));

        var pending = (await MailsAsync(email)).ShouldHaveSingleItem();
        var tentative = Calendar(pending);
        (tentative.Method, tentative.Events[0]!.Status, tentative.Events[0]!.Attendees.Count).ShouldBe(("PUBLISH", "TENTATIVE", 0));
        var link = Link(pending);
        var page = (await nobody.AskAsync(link)).Expect(200);
        (page.Header("Cache-Control"), page.Text).ShouldSatisfyAllConditions(x => x.Item1.ShouldBe("no-store"), x => x.Text.ShouldContain("Confirm my registration"));
        (await Door.StatusAsync(admin, asked)).ShouldBe("pending");
        (await PostAsync(link + "/confirmation")).ShouldBe(303);
        (await Door.StatusAsync(admin, asked)).ShouldBe("confirmed");
        (await Door.SeatsAsync(admin, @event)).ShouldBe((1, 0, 0));

        var confirmed = (await MailsAsync(email))[^1];
        var ics = Calendar(confirmed);
        (ics.Events[0]!.Uid, ics.Events[0]!.Sequence > tentative.Events[0]!.Sequence).ShouldBe((tentative.Events[0]!.Uid, true));
        (ics.Method, ics.Events[0]!.Status, ics.Events[0]!.Uid, ics.Events[0]!.DtStart!.AsUtc).ShouldBe(("REQUEST", "CONFIRMED", $"{asked["id"].GetString()}@mila", new DateTime(2026, 3, 16, 18, 0, 0, DateTimeKind.Utc)));
        (await nobody.AskAsync(link)).Text.ShouldContain("Your place is confirmed.");
        // Its question is answered: the link asks it no more.
        (await PostAsync(link + "/confirmation")).ShouldBe(303);
        (await MailsAsync(email)).Count.ShouldBe(2);

        var own = Link(confirmed);
        (await PostAsync(own + "/cancellation")).ShouldBe(303);
        (await Door.StatusAsync(admin, asked)).ShouldBe("cancelled");
        var cancelled = Calendar((await MailsAsync(email))[^1]);
        (cancelled.Method, cancelled.Events[0]!.Status, cancelled.Events[0]!.Uid).ShouldBe(("CANCEL", "CANCELLED", ics.Events[0]!.Uid));
        cancelled.Events[0]!.Sequence.ShouldBeGreaterThan(ics.Events[0]!.Sequence);
    }

    [Fact]
    public async Task Seats_of_an_address_that_nobody_confirms_are_free_after_half_an_hour()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (@event, email) = (await Door.OpenAsync(admin, capacity: 1), Door.NewEmail());
        var asked = (await Door.AskAsync(nobody, @event, email)).Expect(201);
        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted");
        var link = Link((await MailsAsync(email)).ShouldHaveSingleItem());
        mila.Clock.Advance(TimeSpan.FromMinutes(29));
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, asked)).ShouldBe("pending");
        mila.Clock.Advance(TimeSpan.FromMinutes(1));

        (await nobody.AskAsync(link)).Text.ShouldContain("Ce lien a expiré");
        await PostAsync(link + "/confirmation");
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, asked), await Door.StatusAsync(admin, waiting)).ShouldBe(("expired", "offered"));
        (await mila.PublishedAsync("Events.RegistrationExpired")).Count(n => n.GetProperty("registrationId").GetString() == asked["id"].GetString()).ShouldBe(0);
    }

    [Fact]
    public async Task An_address_that_nobody_confirms_is_told_so_once_and_not_when_it_has_asked_again()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (@event, email) = (await Door.OpenAsync(admin, capacity: 1), Door.NewEmail());
        async Task<string[]> SubjectsAsync() => [.. (await MailsAsync(email)).Select(m => m.GetProperty("subject").GetString()!.Split(" : ")[0])];
        (await Door.AskAsync(nobody, @event, email)).Expect(201);
        await mila.DrainAsync();
        mila.Clock.Advance(TimeSpan.FromMinutes(30));
        (await SubjectsAsync()).ShouldBe(["Confirmez votre inscription", "Inscription non confirmée"], ignoreOrder: true);
        var told = (await MailsAsync(email)).Single(m => m.GetProperty("subject").GetString()!.StartsWith("Inscription", StringComparison.Ordinal));
        (Calendar(told).Method, told.GetProperty("text").GetString()!.Contains($"/agenda/{@event["slug"].GetString()}/registration?lang=fr", StringComparison.Ordinal)).ShouldBe(("CANCEL", true));

        // Somebody types it again, in another case and for another company: the question is asked, and its silence is not told a second time.
        (await Door.AskAsync(nobody, @event, email.ToUpperInvariant(), new { organisation = "Label" })).Expect(201);
        await mila.DrainAsync();
        mila.Clock.Advance(TimeSpan.FromMinutes(30));
        await mila.DrainAsync();
        (await mila.SqlAsync($"select count(*) from mila.mt_doc_outgoingmail where lower(data ->> 'to') = '{email}'")).ShouldBe(3L);

        // Who asks again before the letter is written has no need of it.
        var late = Door.NewEmail();
        var first = (await Door.AskAsync(nobody, @event, late)).Expect(201);
        await mila.DrainAsync();
        mila.Clock.Advance(TimeSpan.FromMinutes(30));
        await using (var session = mila.Services.GetRequiredService<Marten.IDocumentStore>().LightweightSession())
        {
            await new WhenPlaceRunsOut(session, mila.Services.GetRequiredService<Desks>()).Handle(new PlaceRunsOut(Guid.Parse(@event.Id()), first["id"].GetGuid()), default);
            await session.SaveChangesAsync();
        }

        (await Door.StatusAsync(admin, first)).ShouldBe("expired");
        await Door.RegisteredAsync(admin, @event, email: late);
        await mila.DrainAsync();
        (await MailsAsync(late)).Select(m => m.GetProperty("subject").GetString()!.Split(" : ")[0]).ShouldBe(["Confirmez votre inscription", "Votre place"], ignoreOrder: true);
    }

    [Fact]
    public async Task Whoever_asks_again_is_told_until_when_the_link_holds()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var @event = await Door.OpenAsync(admin);
        var email = Door.NewEmail();
        var until = Mila.Events.Letters.RegistrationLetters.Shown(mila.Clock.GetUtcNow().AddMinutes(30), "fr");
        (await Door.AskAsync(nobody, @event, email)).Expect(201);
        await mila.DrainAsync();
        mila.Clock.Advance(TimeSpan.FromMinutes(20));
        (await Door.AskAsync(nobody, @event, email)).Expect(201);
        var mails = await MailsAsync(email);
        mails.Count.ShouldBe(2);
        foreach (var mail in mails) mail.GetProperty("text").GetString()!.ShouldContain($"jusqu'au {until}");
    }

    [Fact]
    public async Task A_stranger_who_has_not_confirmed_is_not_announced_when_staff_cancel()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var @event = await Door.OpenAsync(admin);
        var (pending, confirmed) = ((await Door.AskAsync(nobody, @event)).Expect(201), await Door.RegisteredAsync(admin, @event));
        foreach (var one in new[] { pending, confirmed }) (await admin.TellAsync($"{one.Registration()}/cancellation", null)).Expect(200);
        (await mila.SqlAsync($"select count(*) from mila.outbox where type like '%RegistrationCancelled' and body::text like '%{confirmed["id"].GetString()}%'")).ShouldNotBe(0L);
        (await mila.SqlAsync($"select count(*) from mila.outbox where type like '%RegistrationCancelled' and body::text like '%{pending["id"].GetString()}%'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Nobody_learns_here_who_is_registered()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (@event, email) = (await Door.OpenAsync(admin), Door.NewEmail());
        await Door.RegisteredAsync(admin, @event, email: email);
        (await MailsAsync(email)).Count.ShouldBe(1);

        var (known, unknown) = ((await Door.AskAsync(nobody, @event, email)).Expect(201), (await Door.AskAsync(nobody, @event)).Expect(201));
        string Shape(Answer a) => string.Join(' ', a.Json.EnumerateObject().Where(p => p.Name is not ("id" or "email" or "askedAt" or "updatedAt")).Select(p => p.ToString())) + string.Join(' ', a.Headers.Select(h => h.Key).Order(StringComparer.Ordinal));
        Shape(known).ShouldBe(Shape(unknown));
        bool IsChangedAtOnce(Answer a) => a["askedAt"].GetDateTimeOffset() == a["updatedAt"].GetDateTimeOffset();
        IsChangedAtOnce(known).ShouldBe(IsChangedAtOnce(unknown), "the times tell nothing");
        Calls.SubmissionsTests.KindOf(known).ShouldBe(Calls.SubmissionsTests.KindOf(unknown), "the kind of version tells nothing");
        (await Door.SeatsAsync(admin, @event)).ShouldBe((1, 1, 0));
        (await MailsAsync(email))[^1].GetProperty("text").GetString()!.ShouldContain("vous en avez déjà une");
        (await nobody.AskAsync(known.Registration())).ShouldRefuse(401, "unauthenticated");
        (await admin.AskAsync(known.Registration())).ShouldRefuse(404, "registration-unknown");
    }

    [Fact]
    public async Task The_form_is_a_page_in_french_and_english_that_works_without_script()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (@event, email) = (await Door.OpenAsync(admin), Door.NewEmail());
        var path = $"/agenda/{@event["slug"].GetString()}/registration";
        (await nobody.AskAsync(path)).Expect(200).Text.ShouldContain("Votre adresse électronique");
        (await nobody.AskAsync(path + "?lang=en")).Expect(200).Text.ShouldContain("Your e-mail address");

        (await FormAsync(path, ("name", "<b>Nina</b>"), ("email", "nobody"), ("seats", "1"))).Text.ShouldSatisfyAllConditions(
            t => t.ShouldContain("aria-invalid"), t => t.ShouldContain("&lt;b&gt;Nina&lt;/b&gt;"), t => t.ShouldNotContain("<b>Nina"));
        (await FormAsync(path, ("name", "a\0b"), ("email", email), ("seats", "1"))).Expect(200).Text.ShouldContain("aria-invalid");
        var sent = await FormAsync(path + "?lang=en", ("name", "Nina\r\nBcc: x"), ("email", email), ("organisation", "Label"), ("seats", "2"));
        (sent.Status, sent.Header("Location")).ShouldBe((303, path + "?sent=1&lang=en"));
        var received = (await nobody.AskAsync(sent.Header("Location")!)).Text;
        received.ShouldContain("Look into your mail");
        // Whoever reads it in the other language is not shown an empty form.
        received.ShouldContain("href=\"?sent=1&amp;lang=fr\"");
        (await MailsAsync(email)).ShouldHaveSingleItem().GetProperty("subject").GetString().ShouldBe("Confirm your registration: MILA Club");

        var members = await Door.OpenAsync(admin, audience: "members");
        (await nobody.AskAsync($"/agenda/{members["slug"].GetString()}/registration")).Text.ShouldContain("On ne s&#x27;inscrit pas ici".Replace("&#x27;", "'", StringComparison.Ordinal));
        (await nobody.AskAsync("/agenda/nothing/registration")).ShouldRefuse(404, "event-unknown");
        (await nobody.AskAsync($"/agenda/{(await Scenario.PlannedAsync(admin))["slug"].GetString()}/registration")).ShouldRefuse(404, "event-unknown");
    }

    [Fact]
    public async Task A_link_that_was_not_made_here_opens_nothing_and_one_for_one_thing_opens_no_other()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (@event, email) = (await Door.OpenAsync(admin, capacity: 1), Door.NewEmail());
        var seated = await Door.RegisteredAsync(admin, @event);
        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted", email);
        var own = Link((await MailsAsync(email)).ShouldHaveSingleItem());
        foreach (var forged in new[] { own[..^2] + "BB", "/registrations/AAAA", "/registrations/" + new string('A', 50), own.Replace("/registrations/", "/check-in/", StringComparison.Ordinal), own.Replace("/registrations/", "/feedback/", StringComparison.Ordinal) })
        {
            (await nobody.AskAsync(forged)).ShouldRefuse(404, "registration-unknown");
        }

        await admin.TellAsync($"{seated.Registration()}/cancellation", null);
        (await PostAsync(own + "/confirmation")).ShouldBe(404);
        (await Door.StatusAsync(admin, waiting)).ShouldBe("offered");
        var offer = Link((await MailsAsync(email))[^1]);
        (await PostAsync(offer + "/acceptance")).ShouldBe(303);
        (await Door.StatusAsync(admin, waiting)).ShouldBe("confirmed");
        (await nobody.AskAsync(offer + "/code.svg")).Expect(200).ContentHeaders.ContentType!.MediaType.ShouldBe("image/svg+xml");
    }

    [Fact]
    public async Task Who_is_registered_hears_that_the_event_moves_or_is_off()
    {
        using var admin = mila.Admin();
        var (@event, email) = (await Door.OpenAsync(admin), Door.NewEmail());
        var registered = await Door.RegisteredAsync(admin, @event, email: email);
        var before = Calendar((await MailsAsync(email)).ShouldHaveSingleItem()).Events[0]!;
        await Door.ChangeAsync(admin, @event, new { startsAt = "2026-03-17T18:00:00Z", endsAt = "2026-03-17T20:00:00Z" });

        var moved = Calendar((await MailsAsync(email))[^1]);
        (moved.Method, moved.Events[0]!.Uid, moved.Events[0]!.DtStart!.AsUtc).ShouldBe(("REQUEST", before.Uid, new DateTime(2026, 3, 17, 18, 0, 0, DateTimeKind.Utc)));
        moved.Events[0]!.Sequence.ShouldBeGreaterThan(before.Sequence);
        await Scenario.CancelAsync(admin, @event);
        var off = (await MailsAsync(email))[^1];
        (Calendar(off).Method, off.GetProperty("text").GetString()!.Contains("L'intervenante est malade.", StringComparison.Ordinal)).ShouldBe(("CANCEL", true));
        (await Door.StatusAsync(admin, registered)).ShouldBe("cancelled");
        (await Door.SeatsAsync(admin, @event)).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task At_a_hybrid_event_the_form_asks_where_and_the_persons_own_page_switches()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (@event, email) = (await Door.OpenAsync(admin, capacity: 1, venue: new { mode = "hybrid", name = "MILA", url = "https://meet.example/club" }), Door.NewEmail());
        var path = $"/agenda/{@event["slug"].GetString()}/registration";
        (await nobody.AskAsync(path)).Expect(200).Text.ShouldContain("À distance");
        (await FormAsync(path, ("name", "Nina"), ("email", email), ("seats", "1"), ("place", "remote"))).Status.ShouldBe(303);
        (await PostAsync(Link((await MailsAsync(email)).ShouldHaveSingleItem()) + "/confirmation")).ShouldBe(303);
        var remote = (await MailsAsync(email))[^1];
        Calendar(remote).Events[0]!.Location.ShouldBe("À distance, https://meet.example/club");
        remote.GetProperty("attachments").GetArrayLength().ShouldBe(1, "a link needs no ticket");

        var own = Link(remote);
        // While the room is full the page says why nothing has changed.
        var other = await Door.RegisteredAsync(admin, @event);
        var refused = await FormAsync(own + "/place?to=onSite");
        (refused.Status, refused.Header("Location")).ShouldBe((303, own + "?refused=event-full-on-site"));
        (await nobody.AskAsync(own + "?refused=event-full-on-site&lang=en")).Text.ShouldContain("It cannot wait for a seat meanwhile");
        (await nobody.AskAsync(own + "?lang=en")).Text.ShouldNotContain("It cannot wait for a seat meanwhile");
        (await admin.TellAsync($"{other.Registration()}/cancellation", null)).Expect(200);
        (await nobody.AskAsync(own)).Text.ShouldContain("Venir plutôt sur place");
        (await PostAsync(own + "/place?to=onSite")).ShouldBe(303);
        var seated = (await MailsAsync(email))[^1];
        (Calendar(seated).Events[0]!.Location, Calendar(seated).Events[0]!.Sequence - Calendar(remote).Events[0]!.Sequence).ShouldBe(("MILA", 1));
        seated.GetProperty("attachments").EnumerateArray().Select(a => a.GetProperty("fileName").GetString()).ShouldBe(["mila.ics", "billet.png"]);
        (await Door.SeatsAsync(admin, @event)).ShouldBe((1, 0, 0));
        (await nobody.AskAsync(own)).Text.ShouldContain("Participer plutôt à distance");
    }

    [Fact]
    public async Task Who_confirms_at_a_full_event_that_has_begun_reads_why_nothing_has_come_of_it()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (begins, email) = (mila.Clock.GetUtcNow().AddMinutes(10), Door.NewEmail());
        var @event = await Door.OpenAsync(admin, capacity: 1, startsAt: begins.ToString("O"), endsAt: begins.AddHours(2).ToString("O"));
        await Door.RegisteredAsync(admin, @event);
        var asked = (await Door.AskAsync(nobody, @event, email)).Expect(201);
        var link = Link((await MailsAsync(email)).ShouldHaveSingleItem());
        mila.Clock.Advance(TimeSpan.FromMinutes(15));

        var refused = await FormAsync(link + "/confirmation");
        (refused.Status, refused.Header("Location")).ShouldBe((303, link + "?refused=event-full"));
        (await Door.StatusAsync(admin, asked)).ShouldBe("pending");
        (await nobody.AskAsync(link + "?refused=event-full&lang=en")).Text.ShouldContain("<p role=\"alert\">The event has begun and no seat is free");
        (await nobody.AskAsync(link + "?refused=event-full-on-site&lang=en")).Text.ShouldNotContain("role=\"alert\"");
        (await nobody.AskAsync(link)).Text.ShouldNotContain("role=\"alert\"");
    }

    [Fact]
    public async Task Each_letter_speaks_of_its_own_state_however_late_it_is_written()
    {
        using var admin = mila.Admin();
        var (@event, email) = (await Door.OpenAsync(admin, capacity: 1), Door.NewEmail());
        var seated = await Door.RegisteredAsync(admin, @event);
        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted", email);
        await admin.TellAsync($"{seated.Registration()}/cancellation", null);
        (await admin.TellAsync($"{waiting.Registration()}/acceptance", null)).Expect(200);
        (await admin.TellAsync($"{waiting.Registration()}/cancellation", null)).Expect(200);

        var told = (await MailsAsync(email)).Select(Calendar).OrderBy(c => c.Events[0]!.Sequence).Select(c => (c.Method, c.Events[0]!.Status, c.Events[0]!.Sequence, c.Events[0]!.Uid)).ToList();
        told.Select(t => (t.Method, t.Status)).ShouldBe([("REQUEST", "TENTATIVE"), ("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED")]);
        told.Select(t => t.Sequence).ShouldBe([1, 3, 4], "2 was the offer, which was taken before its letter was written");
        told.Select(t => t.Uid).ShouldAllBe(uid => uid == $"{waiting["id"].GetString()}@mila");
    }

    [Fact]
    public async Task Another_place_is_written_to_who_is_registered_and_another_word_is_not()
    {
        using var admin = mila.Admin();
        var (@event, email) = (await Door.OpenAsync(admin), Door.NewEmail());
        await Door.RegisteredAsync(admin, @event, email: email);
        (await MailsAsync(email)).Count.ShouldBe(1);
        @event = await Door.ChangeAsync(admin, @event, new { title = new { fr = "Club", en = "Club" } });
        (await MailsAsync(email)).Count.ShouldBe(1);
        @event = await Door.ChangeAsync(admin, @event, new { venue = new { mode = "onSite", name = "104factory" } });
        Calendar((await MailsAsync(email))[^1]).Events[0]!.Location.ShouldBe("104factory");
        await Door.ChangeAsync(admin, @event, new { startsAt = "2026-03-17T18:00:00Z", endsAt = "2026-03-17T20:00:00Z", venue = new { mode = "onSite", name = "Le toit" } });
        (await MailsAsync(email)).Count.ShouldBe(3, "one letter of both");
    }

    /// <summary>What was written to an address, the newest last: those that were not there when this test looked before.</summary>
    private async Task<IReadOnlyList<JsonElement>> MailsAsync(string email)
    {
        await mila.DrainAsync();
        if (await mila.SqlAsync($"select json_agg(data)::text from mila.mt_doc_outgoingmail where data ->> 'to' = '{email}'") is string text)
        {
            _seen.AddRange(JsonDocument.Parse(text).RootElement.EnumerateArray().Where(m => _seen.TrueForAll(s => s.GetProperty("id").GetString() != m.GetProperty("id").GetString())));
        }

        return [.. _seen.Where(m => m.GetProperty("to").GetString() == email)];
    }

    private static Ical.Net.Calendar Calendar(JsonElement mail)
    {
        var file = mail.GetProperty("attachments").EnumerateArray().Single(a => a.GetProperty("mediaType").GetString()!.StartsWith("text/calendar", StringComparison.Ordinal));
        var calendar = Ical.Net.Calendar.Load(System.Text.Encoding.UTF8.GetString(file.GetProperty("content").GetBytesFromBase64()))!;
        file.GetProperty("mediaType").GetString()!.ShouldContain($"method={calendar.Method}");
        return calendar;
    }

    private static string Link(JsonElement mail) => new Uri(Address().Match(mail.GetProperty("text").GetString()!).Value).PathAndQuery;

    private async Task<int> PostAsync(string path) => (await FormAsync(path)).Status;

    private async Task<Answer> FormAsync(string path, params (string Name, string Value)[] fields)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = mila.Address };
        using var answer = await client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        return new Answer((int)answer.StatusCode, answer.Headers, answer.Content.Headers, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex(@"http://\S+/registrations/\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}

public sealed class FormLimitTests(LimitedMila mila) : IClassFixture<LimitedMila>
{
    [Fact]
    public async Task A_form_is_taken_ten_times_a_minute_from_one_address()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var @event = await Door.OpenAsync(admin);
        for (var i = 0; i < 10; i++) (await Door.AskAsync(nobody, @event)).Expect(201);
        (await Door.AskAsync(nobody, @event)).ShouldRefuse(429, "too-many-requests").Header("Retry-After").ShouldNotBeNull();
        await Door.RegisteredAsync(admin, @event);
    }
}

public sealed class LimitedMila(Mila.Testing.Postgres.TestPostgres postgres) : TestMila(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("RateLimits:FormPerMinute", "10")];
}
