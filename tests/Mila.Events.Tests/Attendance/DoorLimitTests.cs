using Mila.Events.Letters;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Calls;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.Attendance;

/// <summary>All phones at a door have one address: they may scan as many as come, and guess no code.</summary>
public sealed class DoorLimitTests(DoorLimitTests.VenueMila mila) : IClassFixture<DoorLimitTests.VenueMila>
{
    [Fact]
    public async Task Right_codes_are_not_counted_and_wrong_ones_are()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var soon = mila.Clock.GetUtcNow().AddHours(1);
        var @event = await Door.OpenAsync(admin, startsAt: soon.ToString("O"), endsAt: soon.AddHours(2).ToString("O"));
        var code = (await admin.AskAsync($"{@event.Path()}/attendance")).Expect(200)["doorCode"].GetString()!;
        var tickets = new List<string>();
        for (var i = 0; i < 30; i++) tickets.Add(TicketOf(await Door.RegisteredAsync(admin, @event)));
        foreach (var ticket in tickets)
        {
            (await nobody.AskAsync(ticket)).Expect(200);
            (await Stage.PostAsync(mila, ticket, ("code", code))).Header("Location").ShouldBe(ticket);
            (await nobody.AskAsync(ticket)).Expect(200).Text.ShouldContain("Pointé");
        }

        for (var i = 0; i < 3; i++) (await Stage.PostAsync(mila, tickets[0], ("code", "00000000"))).Header("Location").ShouldBe(tickets[0] + "?wrong=1");
        (await Stage.PostAsync(mila, tickets[0], ("code", "00000000"))).ShouldRefuse(429, "too-many-requests");
        (await Stage.PostAsync(mila, tickets[0], ("code", code))).ShouldRefuse(429, "too-many-requests").Header("Retry-After").ShouldNotBeNull();
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Stage.PostAsync(mila, tickets[0], ("code", code))).Status.ShouldBe(303);
    }

    private string TicketOf(Answer made) => $"/check-in/{new RegistrationLink(made["id"].GetGuid(), LinkUse.Ticket).Seal((Mila.BuildingBlocks.Security.LinkSigner)mila.Services.GetService(typeof(Mila.BuildingBlocks.Security.LinkSigner))!)}";

    public sealed class VenueMila(Mila.Testing.Postgres.TestPostgres postgres) : TestMila(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("RateLimits:FormPerMinute", "3"), new("RateLimits:AnonymousPerMinute", "3")];
    }
}
