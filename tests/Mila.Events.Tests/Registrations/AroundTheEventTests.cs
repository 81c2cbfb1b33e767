using Mila.BuildingBlocks.Time;
using Mila.Events.Letters;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Calls;
using Mila.Testing.App;

namespace Mila.Events.Tests.Registrations;

/// <summary>What is no longer possible once an event has begun, is over or is off, and what follows it when it is moved.</summary>
public sealed class AroundTheEventTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Once_an_event_is_over_nobody_gives_a_place_back_and_who_did_not_come_is_a_no_show()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var @event = await SoonAsync(admin);
        var (first, second) = (await Door.RegisteredAsync(admin, @event), await Door.RegisteredAsync(admin, @event));
        (await nobody.AskAsync(Own(first))).Text.ShouldContain("Annuler mon inscription");
        mila.Clock.Advance(TimeSpan.FromHours(2));
        (await nobody.AskAsync(Own(first))).Text.ShouldContain("Annuler mon inscription", Case.Sensitive, "Until it is over a seat may be wanted.");

        mila.Clock.Advance(TimeSpan.FromHours(1));
        (await admin.TellAsync($"{first.Registration()}/cancellation", null)).ShouldRefuse(409, "event-over");
        (await Stage.PostAsync(mila, Own(second) + "/cancellation")).Header("Location").ShouldBe(Own(second) + "?refused=event-over");
        (await nobody.AskAsync(Own(second) + "?refused=event-over")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("<p role=\"alert\">L&#x27;événement est terminé.</p>"), t => t.ShouldNotContain("<form"));
        (await admin.TellAsync($"{@event.Path()}/attendance", null)).Expect(200);
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, first), await Door.StatusAsync(admin, second)).ShouldBe(("noShow", "noShow"));
        (await admin.TellAsync($"{first.Registration()}/cancellation", null)).ShouldRefuse(409, "registration-after-event");
        (await nobody.AskAsync(Own(second) + "?refused=event-over")).Text.ShouldNotContain("role=\"alert\"", Case.Sensitive, "it says by itself how it stands");
    }

    [Fact]
    public async Task An_address_is_not_confirmed_any_more_once_the_event_is_over_held_or_taken_out_of_the_agenda()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var over = await SoonAsync(admin, hours: 0.25, lasts: 0.25);
        var held = await SoonAsync(admin, hours: 0.25);
        mila.Clock.Advance(TimeSpan.FromMinutes(16));
        var atHeld = (await Door.AskAsync(nobody, held)).Expect(201);
        var atOver = (await Door.AskAsync(nobody, over)).Expect(201);
        (await admin.TellAsync($"{held.Path()}/holding", null)).Expect(200);
        mila.Clock.Advance(TimeSpan.FromMinutes(15));
        (await admin.TellAsync($"{over.Path()}/attendance", null)).Expect(200);
        foreach (var asked in new[] { atHeld, atOver })
        {
            (await nobody.AskAsync(Own(asked, LinkUse.Confirm))).Text.ShouldNotContain("<form");
            (await Stage.PostAsync(mila, Own(asked, LinkUse.Confirm) + "/confirmation")).Header("Location").ShouldBe(Own(asked, LinkUse.Confirm) + "?refused=event-over");
            (await Door.StatusAsync(admin, asked)).ShouldBe("pending");
        }

        // One whose seats are not held does not keep an event in the agenda.
        var planned = await Door.OpenAsync(admin, capacity: 1);
        var seated = await Door.RegisteredAsync(admin, planned);
        var unheld = (await Door.AskAsync(nobody, planned)).Expect(201);
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);
        (await admin.CallAsync("DELETE", $"{planned.Path()}/publication", null, ("If-Match", (await admin.AskAsync(planned.Path())).Etag))).Expect(200);
        (await Stage.PostAsync(mila, Own(unheld, LinkUse.Confirm) + "/confirmation")).Header("Location").ShouldBe(Own(unheld, LinkUse.Confirm) + "?refused=event-not-open");
        (await nobody.AskAsync(Own(unheld, LinkUse.Confirm) + "?refused=event-not-open&lang=en")).Text.ShouldContain("Only a published event takes registrations.");
        (await Door.StatusAsync(admin, unheld)).ShouldBe("pending");
    }

    [Fact]
    public async Task An_offer_of_an_event_that_is_moved_forward_ends_when_it_begins()
    {
        using var admin = mila.Admin();
        var (@event, email) = (await SoonAsync(admin, capacity: 1, hours: 20), Door.NewEmail());
        var seated = await Door.RegisteredAsync(admin, @event);
        var (offered, next) = (await Door.RegisteredAsync(admin, @event, "waitlisted", email), await Door.RegisteredAsync(admin, @event, "waitlisted"));
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);
        var before = (await admin.AskAsync(offered.Registration())).Expect(200)["offerExpiresAt"].GetDateTimeOffset();
        await mila.DrainAsync();

        var begins = mila.Clock.GetUtcNow().AddHours(1);
        begins.ShouldBeLessThan(before);
        await Door.ChangeAsync(admin, @event, new { startsAt = begins.ToString("O"), endsAt = begins.AddHours(2).ToString("O") });
        await mila.DrainAsync();
        (await admin.AskAsync(offered.Registration())).Expect(200)["offerExpiresAt"].GetDateTimeOffset().ShouldBe(begins);
        var moved = (await Stage.MailsAsync(mila, email)).Single(m => m.GetProperty("subject").GetString()!.StartsWith("Changement", StringComparison.Ordinal)).Text();
        moved.ShouldSatisfyAllConditions(t => t.ShouldContain("La place vous est réservée jusqu'au"), t => t.ShouldContain("Accepter ou décliner"));

        mila.Clock.Advance(TimeSpan.FromHours(1));
        (await admin.TellAsync($"{offered.Registration()}/acceptance", null)).ShouldRefuse(409, "offer-expired");
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, offered), await Door.StatusAsync(admin, next)).ShouldBe(("expired", "expired"));
        (await Door.SeatsAsync(admin, @event)).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task An_offer_is_not_taken_once_the_event_has_begun_though_nobody_has_told_it_yet()
    {
        using var admin = mila.Admin();
        var @event = await SoonAsync(admin, capacity: 1, hours: 20);
        var seated = await Door.RegisteredAsync(admin, @event);
        var offered = await Door.RegisteredAsync(admin, @event, "waitlisted");
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);
        var begins = mila.Clock.GetUtcNow().AddMinutes(5);
        await Door.ChangeAsync(admin, @event, new { startsAt = begins.ToString("O"), endsAt = begins.AddHours(2).ToString("O") });
        mila.Clock.Advance(TimeSpan.FromMinutes(5));
        (await admin.TellAsync($"{offered.Registration()}/acceptance", null)).ShouldRefuse(409, "offer-expired");
    }

    [Fact]
    public async Task People_are_checked_in_from_twelve_hours_before_the_beginning()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var @event = await SoonAsync(admin, hours: 13);
        var made = await Door.RegisteredAsync(admin, @event);
        var ticket = $"/check-in/{new RegistrationLink(made["id"].GetGuid(), LinkUse.Ticket).Seal(Signer)}";
        var code = (await admin.AskAsync($"{@event.Path()}/attendance")).Expect(200)["doorCode"].GetString()!;
        (await admin.TellAsync($"{made.Registration()}/check-in", null)).ShouldRefuse(409, "check-in-too-early");
        await Stage.PostAsync(mila, ticket, ("code", code));
        (await Door.StatusAsync(admin, made)).ShouldBe("confirmed");
        (await nobody.AskAsync(ticket + "?lang=en")).Text.ShouldSatisfyAllConditions(t => t.ShouldContain($"People are checked in from {WrittenTime.WeekdayAndHour(mila.Clock.GetUtcNow().AddHours(1), "en")}."), t => t.ShouldNotContain("<form"));

        mila.Clock.Advance(TimeSpan.FromHours(1));
        (await nobody.AskAsync(ticket)).Text.ShouldContain("<form");
        (await admin.TellAsync($"{made.Registration()}/check-in", null)).Expect(200);

        var planned = (await admin.TellAsync("/v1/events", new { programme = await Scenario.ProgrammeAsync(admin), title = new { fr = "Mai" }, month = "2026-05", audience = "public" })).Expect(201);
        var undated = (await admin.TellAsync($"{planned.Path()}/publication", null)).Expect(200);
        (await admin.TellAsync($"{(await Door.RegisteredAsync(admin, undated)).Registration()}/check-in", null)).ShouldRefuse(409, "check-in-too-early");
    }

    [Fact]
    public async Task Who_was_checked_in_to_what_has_not_begun_hears_that_it_moves_and_is_expected_again_or_that_it_is_off()
    {
        using var admin = mila.Admin();
        foreach (var (days, status) in new[] { (7, "confirmed"), (0, "attended"), (-1, "cancelled") })
        {
            var (@event, email) = (await SoonAsync(admin), Door.NewEmail());
            var made = await Door.RegisteredAsync(admin, @event, email: email);
            (await admin.TellAsync($"{made.Registration()}/check-in", null)).Expect(200);
            await mila.DrainAsync();
            // By an hour whoever waits in the hall has come; by a week nobody has.
            var later = mila.Clock.GetUtcNow().AddDays(days).AddHours(2);
            if (days >= 0) await Door.ChangeAsync(admin, @event, new { startsAt = later.ToString("O"), endsAt = later.AddHours(2).ToString("O") });
            else (await Scenario.CancelAsync(admin, @event)).Expect(200);
            await mila.DrainAsync();

            (await Door.StatusAsync(admin, made)).ShouldBe(status);
            (await Door.SeatsAsync(admin, @event)).ShouldBe((days >= 0 ? 1 : 0, 0, 0));
            (await Stage.MailsAsync(mila, email)).ShouldContain(m => m.Text().Contains(days >= 0 ? "a changé" : "L'événement est annulé", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Who_came_to_what_had_begun_has_come_though_it_is_broken_off()
    {
        using var admin = mila.Admin();
        var (@event, email) = (await SoonAsync(admin), Door.NewEmail());
        var made = await Door.RegisteredAsync(admin, @event, email: email);
        (await admin.TellAsync($"{made.Registration()}/check-in", null)).Expect(200);
        mila.Clock.Advance(TimeSpan.FromHours(1));
        (await Scenario.CancelAsync(admin, @event)).Expect(200);
        await mila.DrainAsync();
        (await Door.StatusAsync(admin, made)).ShouldBe("attended");
    }

    [Fact]
    public async Task Who_is_offered_a_place_at_an_event_that_is_off_has_not_declined_it()
    {
        using var admin = mila.Admin();
        var (@event, email) = (await SoonAsync(admin, capacity: 1, hours: 20), Door.NewEmail());
        var seated = await Door.RegisteredAsync(admin, @event);
        var offered = await Door.RegisteredAsync(admin, @event, "waitlisted", email);
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);
        (await Scenario.CancelAsync(admin, @event)).Expect(200);
        (await Stage.MailsAsync(mila, email)).ShouldSatisfyAllConditions(
            m => m.ShouldContain(x => x.Text().Contains("L'événement est annulé", StringComparison.Ordinal)), m => m.ShouldNotContain(x => x.Text().Contains("décliné", StringComparison.Ordinal)));
        (await Door.StatusAsync(admin, offered)).ShouldBe("cancelled");
    }

    private Task<Answer> SoonAsync(HttpClient admin, int? capacity = null, double hours = 1, double lasts = 2)
    {
        var soon = mila.Clock.GetUtcNow().AddHours(hours);
        return Door.OpenAsync(admin, capacity, startsAt: soon.ToString("O"), endsAt: soon.AddHours(lasts).ToString("O"));
    }

    private Mila.BuildingBlocks.Security.LinkSigner Signer => (Mila.BuildingBlocks.Security.LinkSigner)mila.Services.GetService(typeof(Mila.BuildingBlocks.Security.LinkSigner))!;

    private string Own(Answer made, LinkUse use = LinkUse.Own) => $"/registrations/{new RegistrationLink(made["id"].GetGuid(), use).Seal(Signer)}";
}
