using System.Text.Json;
using Mila.BuildingBlocks.Security;
using Mila.Events.Letters;
using Mila.Events.Tests.Calls;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feedback;

public sealed class FeedbackTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Who_was_not_there_is_not_asked_and_cannot_answer_until_it_turns_out_that_they_were()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (@event, came, away) = await HeldAsync(admin);
        (await Stage.MailsAsync(mila, came.Email)).Count(IsQuestion).ShouldBe(1);
        (await Stage.MailsAsync(mila, away.Email)).ShouldNotContain(m => IsQuestion(m));
        (await nobody.AskAsync(Form(away.Registration))).ShouldRefuse(404, "registration-unknown");
        (await Stage.PostAsync(mila, Form(away.Registration), ("score", "1"))).Status.ShouldBe(404);

        (await admin.TellAsync($"/v1/registrations/{away.Registration}/check-in", null)).Expect(200);
        (await Stage.MailsAsync(mila, away.Email)).Count(IsQuestion).ShouldBe(1);
        (await Stage.PostAsync(mila, Form(away.Registration), ("score", "2"), ("text", "Tard"))).Status.ShouldBe(303);
        (await Stage.PostAsync(mila, Form(came.Registration), ("score", "5"), ("text", "Bien 🎷\r\nMerci"))).Status.ShouldBe(303);
        (await nobody.AskAsync(Form(came.Registration) + "?lang=en")).Expect(200).Text.ShouldContain("your feedback is noted");

        var summary = (await admin.AskAsync($"/v1/events/{@event}/feedback")).Expect(200);
        (summary["count"].GetInt32(), summary["average"].GetDecimal()).ShouldBe((2, 3.5m));
        summary["scores"].EnumerateArray().Select(s => s.GetInt32()).ShouldBe([0, 1, 0, 0, 1]);
        summary["texts"].EnumerateArray().Select(t => t.GetString()).ShouldBe(["Bien 🎷\nMerci", "Tard"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_written_is_for_the_staff()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var (@event, came, _) = await HeldAsync(admin);
        (await Stage.PostAsync(mila, Form(came.Registration), ("score", "4"), ("text", "Entre nous"))).Status.ShouldBe(303);
        var partner = (await admin.TellAsync("/v1/partners", new { code = "map", name = "MAP", kind = "network" })).Expect(201);
        using var key = await mila.KeyAsync(partner["id"].GetGuid(), "events:read");
        var seen = (await key.AskAsync($"/v1/events/{@event}/feedback")).Expect(200);
        (seen["count"].GetInt32(), seen["texts"].GetArrayLength()).ShouldBe((1, 0));
        var programme = (await admin.AskAsync($"/v1/events/{@event}")).Expect(200)["programme"].GetString();
        (await key.AskAsync($"/v1/programmes/{programme}/feedback")).Expect(200)["texts"].GetArrayLength().ShouldBe(0);
        (await admin.AskAsync($"/v1/programmes/{programme}/feedback")).Expect(200)["texts"][0].GetString().ShouldBe("Entre nous");
        (await nobody.AskAsync($"/v1/events/{@event}/feedback")).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task One_who_sends_twice_at_once_has_one_say()
    {
        using var admin = mila.Admin();
        var (@event, came, _) = await HeldAsync(admin);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Stage.PostAsync(mila, Form(came.Registration), ("score", $"{1 + (i % 5)}"))));
        answers.ShouldAllBe(a => a.Status == 303);
        (await admin.AskAsync($"/v1/events/{@event}/feedback")).Expect(200)["count"].GetInt32().ShouldBe(1);
    }

    /// <summary>An event to which one came and one did not.</summary>
    private async Task<(string Event, (Guid Registration, string Email) Came, (Guid Registration, string Email) Away)> HeldAsync(HttpClient admin)
    {
        var soon = mila.Clock.GetUtcNow().AddHours(1);
        var @event = await Door.OpenAsync(admin, startsAt: soon.ToString("O"), endsAt: soon.AddHours(2).ToString("O"));
        var (first, second) = (Door.NewEmail(), Door.NewEmail());
        var (came, away) = (await Door.RegisteredAsync(admin, @event, email: first), await Door.RegisteredAsync(admin, @event, email: second));
        (await admin.TellAsync($"{came.Registration()}/check-in", null)).Expect(200);
        mila.Clock.Advance(TimeSpan.FromHours(4));
        var path = $"/v1/events/{@event["id"].GetString()}";
        (await admin.TellAsync($"{path}/attendance", null)).Expect(200);
        await mila.DrainAsync();
        return (@event["id"].GetString()!, (came["id"].GetGuid(), first), (away["id"].GetGuid(), second));
    }

    private string Form(Guid registration) => $"/feedback/{new RegistrationLink(registration, LinkUse.Feedback).Seal((LinkSigner)mila.Services.GetService(typeof(LinkSigner))!)}";

    private static bool IsQuestion(JsonElement mail) => mail.Text().Contains("/feedback/", StringComparison.Ordinal);
}
