using Mila.Events.Contracts;
using Mila.Events.Tests.Agenda;
using Mila.Membership.Contracts;
using Mila.Partners.Contracts;
using Mila.Testing.App;

namespace Mila.Events.Tests.Registrations;

public sealed class RegisterForEventTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly DateTimeOffset At = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Staff_register_a_person_and_the_place_is_confirmed_at_once()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 2);
        var made = await Door.RegisteredAsync(admin, @event, email: "Nina@Label.example", more: new { organisation = "Chambre Noire", language = "en" });

        var read = (await admin.AskAsync(made.Registration())).Expect(200);
        (read.Text, read.Etag, made.Header("Location")).ShouldBe((made.Text, made.Etag, made.Registration()));
        (read["email"].GetString(), read["organisation"].GetString(), read["seats"].GetInt32(), read["language"].GetString()).ShouldBe(("Nina@Label.example", "Chambre Noire", 1, "en"));
        (await Door.SeatsAsync(admin, @event)).ShouldBe((1, 0, 0));
        (await mila.PublishedAsync("Events.LettersDue")).SelectMany(d => d.GetProperty("letters").EnumerateArray()).Count(l => l.GetProperty("registrationId").GetString() == made["id"].GetString()).ShouldBe(1);
    }

    [Fact]
    public async Task The_full_event_puts_the_next_one_in_line_and_says_where_and_why()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        await Door.RegisteredAsync(admin, @event);
        await Door.RegisteredAsync(admin, @event, "waitlisted");
        var second = await Door.RegisteredAsync(admin, @event, "waitlisted");

        (second["position"].GetInt32(), second["positionOf"].GetInt32()).ShouldBe((2, 2));
        second["because"].GetProperty("en").GetString()!.ShouldStartWith("2nd of 2, because you have had no place this season and asked on 9 March 2026 at 19:00");
        second["because"].GetProperty("fr").GetString()!.ShouldStartWith("2e sur 2, parce que vous n'avez eu aucune place cette saison");
        var read = (await admin.AskAsync(second.Registration())).Expect(200);
        (read.Text, read.Etag).ShouldBe((second.Text, second.Etag));
        (await Door.SeatsAsync(admin, @event)).ShouldBe((1, 0, 2));
    }

    [Fact]
    public async Task A_person_has_one_live_registration_an_event_whatever_the_case_of_the_address()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin);
        var email = Door.NewEmail();
        var first = await Door.RegisteredAsync(admin, @event, email: email);
        (await Door.AskAsync(admin, @event, email.ToUpperInvariant())).ShouldRefuse(409, "already-registered");

        (await admin.TellAsync($"{first.Registration()}/cancellation", null)).Expect(200)["status"].GetString().ShouldBe("cancelled");
        await Door.RegisteredAsync(admin, @event, email: email.ToUpperInvariant());
        (await admin.TellAsync($"{first.Registration()}/cancellation", null)).ShouldRefuse(409, "registration-over");
    }

    [Fact]
    public async Task An_event_for_members_takes_those_that_have_paid()
    {
        using var admin = mila.Admin();
        var (paid, lapsed, suspended) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await mila.TellAsync(
            new MemberAdmitted(paid, "A", "a", "beneficiary", [], GoodStanding: true, 1, At), new MemberAdmitted(lapsed, "B", "b", "shop", [], GoodStanding: false, 1, At),
            new MemberAdmitted(suspended, "C", "c", "pole", [], GoodStanding: true, 1, At), new MemberSuspended(suspended, 2, At));
        var @event = await Door.OpenAsync(admin, audience: "members");

        await Door.RegisteredAsync(admin, @event, more: new { memberId = paid });
        (await Door.AskAsync(admin, @event)).ShouldRefuse(409, "event-for-members");
        (await Door.AskAsync(admin, @event, more: new { memberId = lapsed })).ShouldRefuse(409, "member-not-in-good-standing");
        (await Door.AskAsync(admin, @event, more: new { memberId = suspended })).ShouldRefuse(409, "member-not-in-good-standing");
        (await Door.AskAsync(admin, @event, more: new { memberId = Guid.CreateVersion7() })).ShouldRefuse(422, "member-unknown", "/memberId member-unknown");

        var hosted = await Door.OpenAsync(admin, audience: "hosted");
        (await Door.AskAsync(admin, hosted, more: new { memberId = paid })).ShouldRefuse(409, "event-for-hosted-members");
        await mila.TellAsync(new MemberChanged(paid, "A", "a", "pole", [], "active", GoodStanding: true, null, null, null, null, [], ["affiliation"], 2, At));
        await Door.RegisteredAsync(admin, hosted, more: new { memberId = paid });
    }

    [Fact]
    public async Task A_networks_members_come_while_its_agreement_lives()
    {
        using var admin = mila.Admin();
        var (map, venue) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var (open, opened, over) = (Guid.CreateVersion7(), new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 15));
        await mila.TellAsync(
            new PartnerRegistered(map, "map", "MAP", "network", Reciprocity: true, 1, At), new PartnerRegistered(venue, "venue", "Venue", "venue", Reciprocity: true, 1, At),
            new AgreementSigned(open, map, "access", "reciprocal", opened, null, Events: true, Consultations: true, 0, 48, 1, At));
        var @event = await Door.OpenAsync(admin, audience: "network");

        await Door.RegisteredAsync(admin, @event, more: new { partnerId = map });
        (await Door.AskAsync(admin, @event, more: new { partnerId = venue })).ShouldRefuse(409, "event-for-network");
        (await Door.AskAsync(admin, @event)).ShouldRefuse(409, "event-for-network");
        (await Door.AskAsync(admin, @event, more: new { partnerId = Guid.CreateVersion7() })).ShouldRefuse(422, "partner-unknown", "/partnerId partner-unknown");

        await mila.TellAsync(new AgreementChanged(open, map, "access", "reciprocal", opened, over, Events: true, Consultations: true, 0, 48, ["endsOn"], 2, At));
        (await Door.AskAsync(admin, @event, more: new { partnerId = map })).ShouldRefuse(409, "event-for-network");
    }

    [Fact]
    public async Task Professionals_say_for_whom_they_work_and_the_public_need_not()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, audience: "professionals");
        (await Door.AskAsync(admin, @event)).ShouldRefuse(409, "event-for-professionals");
        await Door.RegisteredAsync(admin, @event, more: new { organisation = "Un Label" });
        await Door.RegisteredAsync(admin, await Door.OpenAsync(admin));
    }

    [Fact]
    public async Task An_organisation_has_its_share_however_its_name_is_typed()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 10, seatsPerOrganisation: 2);
        await Door.RegisteredAsync(admin, @event, more: new { organisation = "Café  Noir" });
        (await Door.AskAsync(admin, @event, more: new { organisation = "cafe noir", seats = 2 })).ShouldRefuse(409, "organisation-seats-taken");
        await Door.RegisteredAsync(admin, @event, more: new { organisation = "CAFÉ NOIR" });
        (await Door.AskAsync(admin, @event, more: new { organisation = "Cafe Noir" })).ShouldRefuse(409, "organisation-seats-taken");
        await Door.RegisteredAsync(admin, @event, more: new { seats = 3 });
    }

    [Fact]
    public async Task Only_a_published_event_that_is_not_over_takes_registrations()
    {
        using var admin = mila.Admin();
        (await Door.AskAsync(admin, await Scenario.PlannedAsync(admin))).ShouldRefuse(409, "event-not-open");
        (await Door.AskAsync(admin, await Door.OpenAsync(admin, startsAt: "2026-03-09T16:00:00Z", endsAt: "2026-03-09T18:00:00Z"))).ShouldRefuse(409, "event-over");
        var off = await Door.OpenAsync(admin);
        await Scenario.CancelAsync(admin, off);
        (await Door.AskAsync(admin, off)).ShouldRefuse(409, "event-cancelled");
        (await Door.AskAsync(admin, await Door.OpenAsync(admin, capacity: 2), more: new { seats = 3 })).ShouldRefuse(409, "group-too-large");
        (await Door.AskAsync(admin, $"/v1/events/{Guid.CreateVersion7()}")).ShouldRefuse(404, "event-unknown");
    }

    [Fact]
    public async Task What_is_not_a_registration_is_refused_and_nothing_is_stored()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin);
        (await admin.TellAsync($"{@event.Path()}/registrations", new { name = "", email = "nobody", seats = 21, language = "de" }))
            .ShouldRefuse(422, "request-invalid", "/name required", "/email wrong-format", "/seats out-of-range", "/language unknown-value");
        (await admin.TellAsync($"{@event.Path()}/registrations", new { name = "x" })).ShouldRefuse(422, "request-invalid", "/email required");
        (await admin.TellAsync($"{@event.Path()}/registrations", "{", ("Content-Type", "application/json"))).ShouldRefuse(400, "json-malformed");
        (await admin.AskAsync($"{@event.Path()}/registrations")).Expect(200)["items"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task It_is_told_to_other_modules_without_a_word_of_who_it_is()
    {
        using var admin = mila.Admin();
        var member = Guid.CreateVersion7();
        await mila.TellAsync(new MemberAdmitted(member, "A", "a", "shop", [], GoodStanding: true, 1, At));
        var @event = await Door.OpenAsync(admin, audience: "members");
        var made = await Door.RegisteredAsync(admin, @event, more: new { memberId = member, seats = 2 });
        await admin.TellAsync($"{made.Registration()}/cancellation", null);

        typeof(RegistrationConfirmed).GetProperties().Select(p => p.Name).ShouldBe(["RegistrationId", "EventId", "MemberId", "PartnerId", "Seats", "Revision", "At"]);
        typeof(RegistrationCancelled).GetProperties().Select(p => p.Name).ShouldBe(["RegistrationId", "EventId", "MemberId", "PartnerId", "Seats", "Revision", "At"]);
    }

    [Fact]
    public async Task The_list_of_an_event_is_paged_in_the_order_of_asking()
    {
        using var admin = mila.Admin();
        var (@event, other) = (await Door.OpenAsync(admin, capacity: 3), await Door.OpenAsync(admin));
        for (var i = 0; i < 5; i++) await Door.RegisteredAsync(admin, @event, i < 3 ? "confirmed" : "waitlisted");
        await Door.RegisteredAsync(admin, other);

        var first = (await admin.AskAsync($"{@event.Path()}/registrations?limit=4")).Expect(200);
        first["items"].EnumerateArray().Select(r => r.GetProperty("position").ValueKind == System.Text.Json.JsonValueKind.Null ? 0 : r.GetProperty("position").GetInt32()).ShouldBe([0, 0, 0, 1]);
        var next = (await admin.AskAsync(new Uri(first["next"].GetString()!).PathAndQuery)).Expect(200);
        next["items"].GetArrayLength().ShouldBe(1);
        next["items"][0].GetProperty("positionOf").GetInt32().ShouldBe(2);
        (await admin.AskAsync($"{@event.Path()}/registrations?status=waitlisted")).Expect(200)["items"].GetArrayLength().ShouldBe(2);
        (await admin.AskAsync($"/v1/events/{Guid.CreateVersion7()}/registrations")).ShouldRefuse(404, "event-unknown");
    }

    [Fact]
    public async Task A_partners_key_registers_and_sees_its_own_people()
    {
        using var admin = mila.Admin();
        var partner = (await admin.TellAsync("/v1/partners", new { code = "map-own", name = "MAP", kind = "network", reciprocity = true })).Expect(201);
        (await admin.TellAsync($"/v1/partners/{partner["id"].GetString()}/agreements", new { kind = "access", startsOn = "2026-01-01", grants = new { events = true } })).Expect(201);
        await mila.DrainAsync();
        using var key = await mila.KeyAsync(partner["id"].GetGuid(), "events:write", "events:read");
        var @event = await Door.OpenAsync(admin, audience: "network");

        var theirs = (await Door.AskAsync(key, @event)).Expect(201);
        theirs["partnerId"].GetString().ShouldBe(partner["id"].GetString());
        (await Door.AskAsync(key, @event, more: new { partnerId = Guid.CreateVersion7() })).ShouldRefuse(422, "partner-unknown");
        var ours = await Door.RegisteredAsync(admin, await Door.OpenAsync(admin));
        (await key.AskAsync(ours.Registration())).ShouldRefuse(404, "registration-unknown");
        (await key.TellAsync($"{ours.Registration()}/cancellation", null)).ShouldRefuse(404, "registration-unknown");
        (await key.AskAsync($"{@event.Path()}/registrations")).Expect(200)["items"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Only_a_key_that_reads_events_sees_who_is_registered()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin);
        var made = await Door.RegisteredAsync(admin, @event);
        using var nobody = mila.Anonymous();
        using var reader = await mila.KeyAsync(null, "events:read");
        (await nobody.AskAsync(made.Registration())).ShouldRefuse(401, "unauthenticated");
        (await nobody.AskAsync($"{@event.Path()}/registrations")).ShouldRefuse(401, "unauthenticated");
        (await nobody.TellAsync($"{made.Registration()}/cancellation", null)).ShouldRefuse(401, "unauthenticated");
        (await reader.AskAsync(made.Registration())).Expect(200);
        (await reader.TellAsync($"{made.Registration()}/cancellation", null)).Status.ShouldBe(403);
        (await Door.AskAsync(nobody, await Door.OpenAsync(admin, audience: "members"))).ShouldRefuse(401, "registration-needs-key");
        (await Door.AskAsync(nobody, await Scenario.PlannedAsync(admin))).ShouldRefuse(404, "event-unknown");
    }

    [Fact]
    public async Task The_same_key_and_body_register_once_and_get_the_first_answer_again()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        var path = $"{@event.Path()}/registrations";
        var (key, body) = (("Idempotency-Key", $"once-{Door.NewEmail()}"), new { name = "Nina", email = Door.NewEmail() });
        var first = (await admin.TellAsync(path, body, key)).Expect(201);
        var again = (await admin.TellAsync(path, body, key)).Expect(201);

        (again.Text, again.Etag, again.Header("Location"), again.Header("Content-Type"), again.Header("Idempotent-Replayed")).ShouldBe((first.Text, first.Etag, first.Header("Location"), first.Header("Content-Type"), "true"));
        first.Header("Idempotent-Replayed").ShouldBeNull();
        (await admin.TellAsync(path, body with { name = "Other" }, key)).ShouldRefuse(422, "idempotency-key-reused");
        var refusal = ("Idempotency-Key", $"refused-{Door.NewEmail()}");
        var no = (await admin.TellAsync(path, body, refusal)).ShouldRefuse(409, "already-registered");
        var noAgain = (await admin.TellAsync(path, body, refusal)).ShouldRefuse(409, "already-registered");
        (noAgain.Text, noAgain.Header("Idempotent-Replayed")).ShouldBe((no.Text, "true"));
        var invalid = ("Idempotency-Key", $"invalid-{Door.NewEmail()}");
        (await admin.TellAsync(path, new { name = "", email = Door.NewEmail() }, invalid)).Expect(422);
        (await admin.TellAsync(path, new { name = "Nina", email = Door.NewEmail() }, invalid)).ShouldRefuse(422, "idempotency-key-reused");
        (await Door.SeatsAsync(admin, @event)).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task Many_at_once_under_one_key_are_one()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin);
        var (key, body) = (("Idempotency-Key", $"many-{Door.NewEmail()}"), new { name = "Nina", email = Door.NewEmail() });
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.TellAsync($"{@event.Path()}/registrations", body, key)));

        var made = answers.Where(a => a.Status == 201).ToList();
        made.Count(a => a.Header("Idempotent-Replayed") is null).ShouldBe(1);
        made.Select(a => a.Text).Distinct().Count().ShouldBe(1);
        foreach (var early in answers.Where(a => a.Status != 201)) early.ShouldRefuse(409, "idempotency-key-in-use").Header("Retry-After").ShouldBe("1");
        (await Door.SeatsAsync(admin, @event)).ShouldBe((1, 0, 0));
    }

    [Fact]
    public async Task A_capacity_never_sends_anybody_away()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 3);
        await Door.RegisteredAsync(admin, @event, more: new { seats = 2 });
        var now = await admin.AskAsync(@event.Path());
        (await admin.AmendAsync(@event.Path(), new { capacity = 1 }, now.Etag)).ShouldRefuse(409, "event-seats-in-use");
        (await admin.AmendAsync(@event.Path(), new { capacity = 2 }, now.Etag)).Expect(200)["seatsTaken"].GetInt32().ShouldBe(2);
        (await admin.AskAsync("/v1/events")).Expect(200)["items"].EnumerateArray().Single(e => e.GetProperty("id").GetString() == @event.Id()).GetProperty("seatsTaken").GetInt32().ShouldBe(2);
    }
}
