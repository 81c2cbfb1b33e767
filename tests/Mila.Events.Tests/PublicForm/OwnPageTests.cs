using Mila.Events.Letters;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Calls;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.PublicForm;

/// <summary>What the person reads of what was decided, and answers, by whatever link of theirs.</summary>
public sealed class OwnPageTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task The_person_reads_every_decision_the_newest_first_and_the_offer_says_by_which_rule_and_from_which_rank()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var email = Door.NewEmail();
        var @event = await Door.OpenAsync(admin, capacity: 2, startsAt: "2026-04-16T18:00:00Z", endsAt: "2026-04-16T20:00:00Z");
        var (one, two) = (await Door.RegisteredAsync(admin, @event), await Door.RegisteredAsync(admin, @event));
        var group = await Door.RegisteredAsync(admin, @event, "waitlisted", email, new { seats = 2, language = "en" });
        var single = await Door.RegisteredAsync(admin, @event, "waitlisted");
        (await nobody.AskAsync(Own(group))).Text.ShouldNotContain("What was decided");

        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        (await admin.TellAsync($"{one.Registration()}/cancellation", null)).Expect(200);
        (await nobody.AskAsync(Own(group))).Text.ShouldContain("Your group waits for 2 seats together; 1 was free. (You were 1st of 2.)");
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        (await admin.TellAsync($"{single.Registration()}/cancellation", null)).Expect(200);
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        (await admin.TellAsync($"{two.Registration()}/cancellation", null)).Expect(200);
        await mila.DrainAsync();

        var text = (await nobody.AskAsync(Own(group))).Expect(200).Text;
        var (offered, skipped) = (text.IndexOf("Your turn has come: you have had no place this season", StringComparison.Ordinal), text.IndexOf("1 was free", StringComparison.Ordinal));
        (offered > 0, skipped > offered).ShouldBe((true, true), text);
        (await nobody.AskAsync(Own(group) + "?lang=fr")).Text.ShouldSatisfyAllConditions(
            t => t.ShouldContain("Ce qui a été décidé en liste d'attente"), t => t.ShouldContain("il y en avait 1 de libre. (Vous étiez 1er sur 2.)"));
        var letter = (await Stage.MailsAsync(mila, email)).Single(m => m.GetProperty("subject").GetString()!.StartsWith("A place for you", StringComparison.Ordinal)).Text();
        letter.ShouldSatisfyAllConditions(t => t.ShouldContain("Your turn has come: you have had no place this season"), t => t.ShouldContain("(You were 1st of 1.)"));

        // Nobody waits behind: what is given up goes to nobody, and the letter does not say so.
        (await admin.TellAsync($"{group.Registration()}/cancellation", null)).Expect(200);
        (await Stage.MailsAsync(mila, email)).Single(m => m.GetProperty("subject").GetString()!.StartsWith("Offer declined", StringComparison.Ordinal)).Text().ShouldNotContain("next person");
    }

    [Fact]
    public async Task Who_was_moved_by_staff_reads_that_their_turn_came_by_it()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        var seated = await Door.RegisteredAsync(admin, @event);
        await Door.RegisteredAsync(admin, @event, "waitlisted");
        var moved = await Door.RegisteredAsync(admin, @event, "waitlisted");
        (await admin.TellAsync($"{moved.Registration()}/position", new { position = 1, reason = "Vient de loin" })).Expect(200);
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);
        (await nobody.AskAsync(Own(moved))).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Votre tour est venu ; l&#x27;équipe vous avait placé à ce rang : Vient de loin"), t => t.ShouldContain("L&#x27;équipe vous a placé à ce rang : Vient de loin"));
    }

    [Fact]
    public async Task The_link_of_the_waiting_lists_mail_takes_the_place_that_is_held_too_and_that_of_an_old_offer_does_not()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var @event = await Door.OpenAsync(admin, capacity: 1, startsAt: "2026-04-16T18:00:00Z", endsAt: "2026-04-16T20:00:00Z");
        var seated = await Door.RegisteredAsync(admin, @event);
        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted");
        (await nobody.AskAsync(Own(waiting))).Text.ShouldNotContain("Accepter la place");
        (await admin.TellAsync($"{seated.Registration()}/cancellation", null)).Expect(200);

        (await nobody.AskAsync(Own(waiting))).Text.ShouldSatisfyAllConditions(t => t.ShouldContain("Accepter la place"), t => t.ShouldContain("Décliner"));
        (await Stage.PostAsync(mila, Own(waiting, LinkUse.Offer, 7) + "/acceptance")).Status.ShouldBe(303);
        (await Door.StatusAsync(admin, waiting)).ShouldBe("offered");
        foreach (var use in new[] { LinkUse.Ticket, LinkUse.Feedback }) (await Stage.PostAsync(mila, Own(waiting, use) + "/acceptance")).Status.ShouldBe(404);
        (await Stage.PostAsync(mila, Own(waiting) + "/acceptance")).Status.ShouldBe(303);
        (await Door.StatusAsync(admin, waiting)).ShouldBe("confirmed");
    }

    private string Own(Answer made, LinkUse use = LinkUse.Own, int stamp = 0) =>
        $"/registrations/{new RegistrationLink(made["id"].GetGuid(), use, stamp).Seal((Mila.BuildingBlocks.Security.LinkSigner)mila.Services.GetService(typeof(Mila.BuildingBlocks.Security.LinkSigner))!)}";
}
