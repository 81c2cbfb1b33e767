using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Api;
using Mila.Events.Registrations;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Registrations;
using Mila.Membership.Contracts;
using Mila.Testing.App;

namespace Mila.Events.Tests.Waiting;

public sealed class WaitingLineTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_seat_given_back_is_offered_in_the_same_moment_and_taken_by_acceptance()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        var seated = await Door.RegisteredAsync(admin, @event);
        var (first, second) = (await Door.RegisteredAsync(admin, @event, "waitlisted"), await Door.RegisteredAsync(admin, @event, "waitlisted"));
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);

        var offered = (await admin.AskAsync(first.Registration())).Expect(200);
        // Monday 9 March 2026, 19:00: one working hour is left of the day, three more on Tuesday.
        (offered["status"].GetString(), offered["offerExpiresAt"].GetDateTimeOffset()).ShouldBe(("offered", new DateTimeOffset(2026, 3, 10, 10, 0, 0, TimeSpan.Zero)));
        (await Door.SeatsAsync(admin, @event)).ShouldBe((0, 1, 1));
        (await admin.TellAsync($"{second.Registration()}/acceptance", null)).ShouldRefuse(409, "registration-not-offered");
        (await admin.TellAsync($"{first.Registration()}/acceptance", null)).Expect(200)["status"].GetString().ShouldBe("confirmed");
        (await Door.SeatsAsync(admin, @event)).ShouldBe((1, 0, 1));
        var decision = (await Door.DecisionsAsync(admin, first)).ShouldHaveSingleItem();
        (decision.GetProperty("kind").GetString(), decision.GetProperty("rule").GetString(), decision.GetProperty("rank").GetInt32(), decision.GetProperty("of").GetInt32()).ShouldBe(("offered", "next-in-line", 1, 2));
    }

    [Fact]
    public async Task A_larger_capacity_is_offered_at_once_and_groups_are_offered_groups()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        await Door.RegisteredAsync(admin, @event);
        // The group would not fit into the event as it is: it may ask once the event is larger.
        (await Door.AskAsync(admin, @event, more: new { seats = 3 })).ShouldRefuse(409, "group-too-large");
        @event = await Door.ChangeAsync(admin, @event, new { capacity = 3 });
        await Door.RegisteredAsync(admin, @event, more: new { seats = 2 });
        var group = await Door.RegisteredAsync(admin, @event, "waitlisted", more: new { seats = 2 });
        var single = await Door.RegisteredAsync(admin, @event, "waitlisted");

        @event = await Door.ChangeAsync(admin, @event, new { capacity = 4 });
        (await Door.StatusAsync(admin, group), await Door.StatusAsync(admin, single)).ShouldBe(("waitlisted", "offered"));
        (await Door.DecisionsAsync(admin, group)).ShouldHaveSingleItem().GetProperty("rule").GetString().ShouldBe("group-needs-more-seats");
        await Door.ChangeAsync(admin, @event, new { capacity = 6 });
        (await Door.StatusAsync(admin, group)).ShouldBe("offered");
        (await Door.SeatsAsync(admin, @event)).ShouldBe((3, 3, 0));
    }

    [Fact]
    public async Task Staff_move_somebody_in_line_and_say_why()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        var seated = await Door.RegisteredAsync(admin, @event);
        var line = new List<Answer>();
        for (var i = 0; i < 4; i++) line.Add(await Door.RegisteredAsync(admin, @event, "waitlisted"));

        (await admin.TellAsync($"{line[3].Registration()}/position", new { position = 2 })).ShouldRefuse(422, "request-invalid");
        (await admin.TellAsync($"{line[3].Registration()}/position", new { position = 2, reason = " " })).ShouldRefuse(422, "request-invalid");
        (await admin.TellAsync($"{seated.Registration()}/position", new { position = 1, reason = "pour voir" })).ShouldRefuse(409, "registration-not-waiting");
        var moved = (await admin.TellAsync($"{line[3].Registration()}/position", new { position = 2, reason = "Vient de loin" })).Expect(200);
        (moved["position"].GetInt32(), moved["because"].GetProperty("en").GetString()).ShouldBe((2, "2nd of 4, because the team put you in this place: Vient de loin"));
        (await admin.TellAsync($"{line[0].Registration()}/position", new { position = 99, reason = "Absente" })).Expect(200)["position"].GetInt32().ShouldBe(4);
        (await PositionsAsync(admin, line)).ShouldBe([4, 2, 3, 1]);
        (await Door.DecisionsAsync(admin, line[3])).ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("moved");

        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);
        (await Door.StatusAsync(admin, line[3])).ShouldBe("offered");
    }

    [Fact]
    public async Task Who_is_put_at_the_end_or_elsewhere_is_passed_by_nobody_who_asks_later()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        await Door.RegisteredAsync(admin, @event);
        var line = new List<Answer>();
        for (var i = 0; i < 3; i++) line.Add(await Door.RegisteredAsync(admin, @event, "waitlisted"));
        var often = Door.NewEmail();
        await PastAsync(admin, often);
        line.Add(await Door.RegisteredAsync(admin, @event, "waitlisted", often));
        // The last of those with as many past places, then the first of all, then behind the first.
        foreach (var (which, position) in new[] { (0, 3), (2, 1), (0, 2), (1, 3) }) (await admin.TellAsync($"{line[which].Registration()}/position", new { position, reason = "Absente" })).Expect(200)["position"].GetInt32().ShouldBe(position);
        line.Add(await Door.RegisteredAsync(admin, @event, "waitlisted"));
        (await PositionsAsync(admin, line)).ShouldBe([2, 3, 1, 5, 4]);

        (await admin.TellAsync($"{line[2].Registration()}/position", new { position = 99, reason = "Absente" })).Expect(200)["position"].GetInt32().ShouldBe(5);
        for (var i = 0; i < 2; i++)
        {
            var also = Door.NewEmail();
            await PastAsync(admin, also);
            line.Add(await Door.RegisteredAsync(admin, @event, "waitlisted", also));
        }

        (await PositionsAsync(admin, line)).ShouldBe([1, 2, 5, 4, 3, 6, 7]);
    }

    [Fact]
    public async Task Past_places_are_places_and_not_registrations()
    {
        using var admin = mila.Admin();
        var (group, person, @event) = (Door.NewEmail(), Door.NewEmail(), await Door.OpenAsync(admin, capacity: 1));
        var begun = mila.Clock.GetUtcNow().AddMinutes(-1);
        await Door.RegisteredAsync(admin, await Door.OpenAsync(admin, startsAt: begun.ToString("O"), endsAt: begun.AddHours(1).ToString("O")), email: group, more: new { seats = 3 });
        for (var i = 0; i < 2; i++) await PastAsync(admin, person);
        await Door.RegisteredAsync(admin, @event);
        var (first, second) = (await Door.RegisteredAsync(admin, @event, "waitlisted", group), await Door.RegisteredAsync(admin, @event, "waitlisted", person));
        (first["because"].GetProperty("en").GetString()!.Contains("3 places", StringComparison.Ordinal), second["because"].GetProperty("en").GetString()!.Contains("2 places", StringComparison.Ordinal)).ShouldBe((true, true));
        (await PositionsAsync(admin, [first, second])).ShouldBe([2, 1]);

        // More than the line tells apart stand together.
        var many = Door.NewEmail();
        for (var i = 0; i < 6; i++) await Door.RegisteredAsync(admin, await Door.OpenAsync(admin, startsAt: begun.ToString("O"), endsAt: begun.AddHours(1).ToString("O")), email: many, more: new { seats = 20 });
        (await Door.RegisteredAsync(admin, @event, "waitlisted", many))["because"].GetProperty("en").GetString()!.ShouldContain("99 places");
    }

    [Fact]
    public async Task Who_asks_is_told_its_true_place_although_staff_have_moved_others()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1, venue: new { mode = "hybrid", name = "MILA" });
        await Door.RegisteredAsync(admin, @event);
        var often = Door.NewEmail();
        await PastAsync(admin, often);
        var line = new List<Answer>();
        for (var i = 0; i < 3; i++) line.Add(await Door.RegisteredAsync(admin, @event, "waitlisted"));
        // To the very end: who has had more places would stand behind, and those who come now stand before.
        line.Add(await Door.RegisteredAsync(admin, @event, "waitlisted", often));
        (await admin.TellAsync($"{line[0].Registration()}/position", new { position = 4, reason = "Absente" })).Expect(200);
        (await admin.TellAsync($"{line[1].Registration()}/position", new { position = 4, reason = "Absente" })).Expect(200);

        var made = await Door.RegisteredAsync(admin, @event, "waitlisted");
        (made["position"].GetInt32(), made["positionOf"].GetInt32()).ShouldBe((2, 5));
        await ShouldReadAsync(admin, made);
        var together = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Door.RegisteredAsync(admin, @event, "waitlisted")));
        together.Select(a => a["position"].GetInt32()).Order().ShouldBe(Enumerable.Range(3, 12));
        await ShouldReadAsync(admin, together.MaxBy(a => a["positionOf"].GetInt32() * 100 + a["position"].GetInt32())!);

        // Once those who were moved have gone, the plan counts again.
        foreach (var moved in line.Take(2)) (await admin.TellAsync($"{moved.Registration()}/cancellation", null)).Expect(200);
        (await mila.SqlAsync($"select data ->> 'moved' from events.mt_doc_seatplan where id = '{@event.Id()}'")).ShouldBe("0");
        await ShouldReadAsync(admin, await Door.RegisteredAsync(admin, @event, "waitlisted"));
    }

    [Fact]
    public async Task Those_who_ask_together_are_told_where_they_stand_when_all_have_asked()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        await Door.RegisteredAsync(admin, @event);
        var often = Door.NewEmail();
        await PastAsync(admin, often);
        var wishes = new[] { Door.NewEmail(), often, Door.NewEmail() }.Select(email => RegisterForEvent.WishOf(new RegisterForEvent.Request("Nina Simon", email), null, "fr"));
        var asked = wishes.Select(w => new Asked(Guid.CreateVersion7(mila.Clock.GetUtcNow()), Guid.Parse(@event.Id()), w, ByMail: false, Claim: null)).ToList();
        await mila.Services.GetRequiredService<RegistrationBatch>().ServeAsync(asked);

        var told = new List<(int?, int?)>();
        foreach (var a in asked) told.Add(((await a.Answered.Task).Result.Result as TaggedCreated<RegistrationResponse>)!.Value is { } r ? (r.Position, r.PositionOf) : default);
        told.ShouldBe([(1, 3), (3, 3), (2, 3)]);
        foreach (var (a, (position, of)) in asked.Zip(told))
        {
            var read = (await admin.AskAsync($"/v1/registrations/{a.Id}")).Expect(200);
            (read["position"].GetInt32(), read["positionOf"].GetInt32()).ShouldBe((position!.Value, of!.Value));
        }
    }

    [Fact]
    public async Task A_line_that_grows_behind_somebody_has_another_tag()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        await Door.RegisteredAsync(admin, @event);
        var first = await Door.RegisteredAsync(admin, @event, "waitlisted");
        (await admin.AskAsync(first.Registration(), ("If-None-Match", first.Etag))).Status.ShouldBe(304);
        await Door.RegisteredAsync(admin, @event, "waitlisted");
        var now = (await admin.AskAsync(first.Registration(), ("If-None-Match", first.Etag))).Expect(200);
        (now["position"].GetInt32(), now["positionOf"].GetInt32()).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Whose_dues_have_lapsed_is_passed_over_and_offered_the_seat_once_they_are_paid()
    {
        using var admin = mila.Admin();
        var (member, at) = (Guid.CreateVersion7(), mila.Clock.GetUtcNow());
        await mila.TellAsync(new MemberAdmitted(member, "A", "a", "shop", [], GoodStanding: true, 1, at));
        var @event = await Door.OpenAsync(admin, capacity: 1, audience: "members");
        var seated = await Door.RegisteredAsync(admin, @event, more: new { memberId = member });
        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted", more: new { memberId = member });
        await mila.TellAsync(new MemberSuspended(member, 2, at));
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);
        (await Door.StatusAsync(admin, waiting)).ShouldBe("waitlisted");
        (await Door.SeatsAsync(admin, @event)).ShouldBe((0, 0, 1));

        await mila.TellAsync(new MemberReinstated(member, GoodStanding: true, 3, at));
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, waiting)).ShouldBe("offered");

        // The same for one that had left and is admitted again.
        var last = await Door.RegisteredAsync(admin, @event, "waitlisted", more: new { memberId = member });
        await mila.TellAsync(new MemberLeft(member, new(2026, 3, 9), 4, at));
        (await admin.TellAsync($"{waiting.Registration()}/cancellation", null)).Expect(200);
        (await Door.StatusAsync(admin, last)).ShouldBe("waitlisted");
        await mila.TellAsync(new MemberAdmitted(member, "A", "a", "shop", [], GoodStanding: true, 5, at));
        (await Door.StatusAsync(admin, last)).ShouldBe("offered");
    }

    [Fact]
    public async Task The_list_of_registrations_says_of_each_that_waits_where_and_why()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        await Door.RegisteredAsync(admin, @event);
        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted");

        var item = (await admin.AskAsync($"{@event.Path()}/registrations?status=waitlisted")).Expect(200)["items"].EnumerateArray().ShouldHaveSingleItem();
        item.GetRawText().ShouldBe(waiting.Text);
    }

    /// <summary>What was answered is what the one who reads next finds.</summary>
    private static async Task ShouldReadAsync(HttpClient staff, Answer made)
    {
        var read = (await staff.AskAsync(made.Registration())).Expect(200);
        (read.Text, read.Etag).ShouldBe((made.Text, made.Etag));
    }

    /// <summary>This person had a place this season.</summary>
    private async Task PastAsync(HttpClient staff, string email)
    {
        var begun = mila.Clock.GetUtcNow().AddMinutes(-1);
        await Door.RegisteredAsync(staff, await Door.OpenAsync(staff, startsAt: begun.ToString("O"), endsAt: begun.AddHours(1).ToString("O")), email: email);
    }

    internal static async Task<int[]> PositionsAsync(HttpClient staff, IEnumerable<Answer> line)
    {
        var positions = new List<int>();
        foreach (var registration in line) positions.Add((await staff.AskAsync(registration.Registration())).Expect(200)["position"].GetInt32());
        return [.. positions];
    }
}

public sealed class OffersRunOutTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task An_offer_that_nobody_takes_goes_to_the_next_in_line()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        var seated = await Door.RegisteredAsync(admin, @event);
        var (first, second) = (await Door.RegisteredAsync(admin, @event, "waitlisted"), await Door.RegisteredAsync(admin, @event, "waitlisted"));
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);
        mila.Clock.Advance(TimeSpan.FromHours(15));
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, first)).ShouldBe("offered");

        mila.Clock.Advance(TimeSpan.FromHours(1));
        (await admin.TellAsync($"{first.Registration()}/acceptance", null)).ShouldRefuse(409, "offer-expired");
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, first), await Door.StatusAsync(admin, second)).ShouldBe(("expired", "offered"));
        (await Door.DecisionsAsync(admin, first)).Select(d => d.GetProperty("kind").GetString()).ShouldBe(["offered", "expired"]);
        (await Door.SeatsAsync(admin, @event)).ShouldBe((0, 1, 0));
        (await admin.TellAsync($"{second.Registration()}/cancellation", null)).Expect(200)["status"].GetString().ShouldBe("declined");
    }
}

public sealed class EventBeginsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Who_still_waits_when_the_event_begins_waits_no_more_and_is_told_so_once()
    {
        using var admin = mila.Admin();
        var begins = mila.Clock.GetUtcNow().AddHours(2);
        var @event = await Door.OpenAsync(admin, capacity: 2, startsAt: begins.ToString("O"), endsAt: begins.AddHours(2).ToString("O"));
        // It was to begin earlier: what was planned for then does nothing.
        var later = begins.AddHours(20);
        await Door.ChangeAsync(admin, @event, new { startsAt = later.ToString("O"), endsAt = later.AddHours(2).ToString("O") });
        var (seated, offered) = (await Door.RegisteredAsync(admin, @event), await Door.RegisteredAsync(admin, @event));
        var line = new List<Answer>();
        var emails = Enumerable.Range(0, 4).Select(_ => Door.NewEmail()).ToArray();
        foreach (var email in emails) line.Add(await Door.RegisteredAsync(admin, @event, "waitlisted", email, new { language = "en" }));
        await mila.DrainAsync();
        mila.Clock.Advance(TimeSpan.FromHours(21));
        (await Door.SeatsAsync(admin, @event)).Waiting.ShouldBe(4);
        mila.Clock.Advance(TimeSpan.FromMinutes(59));
        // An offer of the last minute ends with the wait of the others.
        await admin.TellAsync($"{offered.Registration()}/cancellation", null);
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, line[0])).ShouldBe("offered");
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        await mila.DrainAsync();

        foreach (var (registration, i) in line.Select((r, i) => (r, i)))
        {
            (await Door.StatusAsync(admin, registration)).ShouldBe("expired");
            var last = (await Door.DecisionsAsync(admin, registration))[^1];
            (last.GetProperty("kind").GetString(), last.GetProperty("rule").GetString(), last.GetProperty("rank").GetInt32()).ShouldBe(("expired", i == 0 ? "offer-expired" : "event-began", i));
        }

        (await Door.SeatsAsync(admin, @event)).ShouldBe((1, 0, 0));
        (await admin.TellAsync($"{line[1].Registration()}/position", new { position = 1, reason = "pour voir" })).ShouldRefuse(409, "registration-not-waiting");
        (await admin.AskAsync($"{@event.Path()}/attendance")).Expect(200)["waiting"].GetInt32().ShouldBe(0);
        (await mila.SqlAsync($"select count(*) from partners.webhook_messages where type = 'registration.expired' and resource::text in ({string.Join(',', line.Select(r => $"'{r["id"].GetString()}'"))})")).ShouldBe(4L, "who was told that it waits is told that it does no more");
        (await LastMailAsync(emails[0])).ShouldBe(("Offer expired: MILA Club", "The place was held for you until the event began."));
        (await LastMailAsync(emails[1])).ShouldBe(("Waiting list closed: MILA Club", "The event has begun and no place came free for you; we are sorry. Next time those who have had the fewest places this season go first."));

        // At the door: who is there and finds an empty seat has it, and nobody is put into a line that is no more.
        await Door.RegisteredAsync(admin, @event, email: emails[1]);
        (await Door.AskAsync(admin, @event)).ShouldRefuse(409, "event-full");
        using var nobody = mila.Anonymous();
        (await Door.AskAsync(nobody, @event)).ShouldRefuse(409, "event-full");
        (await nobody.AskAsync($"/agenda/{@event["slug"].GetString()}/registration?lang=en")).Expect(200).Text.ShouldContain("The event has begun and every seat is taken.");
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);

        await mila.DrainAsync();
        var mails = await MailsAsync();
        mila.Clock.Advance(TimeSpan.FromHours(3));
        (await admin.TellAsync($"{@event.Path()}/holding", null)).Expect(200);
        (await admin.TellAsync($"{@event.Path()}/attendance", null)).Expect(200);
        await mila.DrainAsync();
        (await MailsAsync() - mails).ShouldBe(1, "to the one who was expected and did not come");
    }

    [Fact]
    public async Task A_line_that_was_left_standing_ends_when_the_event_is_held()
    {
        using var admin = mila.Admin();
        var begins = mila.Clock.GetUtcNow().AddMinutes(10);
        var @event = await Door.OpenAsync(admin, capacity: 1, startsAt: begins.ToString("O"), endsAt: begins.AddHours(2).ToString("O"));
        await Door.RegisteredAsync(admin, @event);
        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted");
        // As in a database of an earlier version, where nothing waits for the beginning.
        await mila.DrainAsync();
        await mila.SqlAsync($"delete from mila.outbox where type = 'Events.LineEnds' and body ->> 'eventId' = '{@event.Id()}'");
        mila.Clock.Advance(TimeSpan.FromMinutes(20));
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, waiting)).ShouldBe("waitlisted");
        (await admin.TellAsync($"{@event.Path()}/holding", null)).Expect(200);
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, waiting)).ShouldBe("expired");
    }

    private async Task<long> MailsAsync() => (long)(await mila.SqlAsync("select count(*) from mila.mt_doc_outgoingmail"))!;

    /// <summary>Its subject and the paragraph that says what happened; and it takes the event out of the person's calendar.</summary>
    private async Task<(string, string)> LastMailAsync(string to)
    {
        using var mail = System.Text.Json.JsonDocument.Parse((string)(await mila.SqlAsync($"select data::text from mila.mt_doc_outgoingmail where data ->> 'to' = '{to}' order by data ->> 'createdAt' desc, data ->> 'id' desc limit 1"))!);
        System.Text.Encoding.UTF8.GetString(mail.RootElement.GetProperty("attachments")[0].GetProperty("content").GetBytesFromBase64()).ShouldContain("METHOD:CANCEL");
        return (mail.RootElement.GetProperty("subject").GetString()!, mail.RootElement.GetProperty("text").GetString()!.Split("\n\n")[1].Trim());
    }
}

public sealed class PastPlacesTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Those_with_fewer_past_places_this_season_go_first()
    {
        using var admin = mila.Admin();
        var (often, never) = (Door.NewEmail(), Door.NewEmail());
        var past = await Door.OpenAsync(admin, startsAt: "2026-03-09T19:00:00Z", endsAt: "2026-03-09T20:00:00Z");
        await Door.RegisteredAsync(admin, past, email: often);
        mila.Clock.Advance(TimeSpan.FromHours(2));
        var @event = await Door.OpenAsync(admin, capacity: 1);
        await Door.RegisteredAsync(admin, @event);
        var (first, second) = (await Door.RegisteredAsync(admin, @event, "waitlisted", often.ToUpperInvariant()), await Door.RegisteredAsync(admin, @event, "waitlisted", never));

        (await WaitingLineTests.PositionsAsync(admin, [first, second])).ShouldBe([2, 1]);
        (await admin.AskAsync(first.Registration()))["because"].GetProperty("fr").GetString()!.ShouldStartWith("2e sur 2, parce que vous avez eu une place cette saison");
    }
}
