using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

/// <summary>A partner's key registers its own people; the programme is MILA's, whatever scopes the key holds.</summary>
public sealed class PartnerKeysTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task It_changes_nothing_of_MILAs_events_nor_of_the_line()
    {
        using var admin = mila.Admin();
        using var key = await mila.KeyAsync(await Scenario.NetworkAsync(admin), "events:read", "events:write");
        var published = await Door.OpenAsync(admin, capacity: 1);
        await Door.RegisteredAsync(admin, published);
        var waiting = await Door.RegisteredAsync(admin, published, "waitlisted");

        (await key.TellAsync($"{published.Path()}/cancellation", new { reason = new { fr = "Non." } })).ShouldRefuse(403, "event-staff-only");
        (await key.TellAsync("/v1/events", new { programme = published["programme"].GetString(), title = new { fr = "X" }, month = "2026-05" })).ShouldRefuse(403, "event-staff-only");
        (await key.TellAsync("/v1/programmes", new { code = "theirs", label = "X" })).ShouldRefuse(403, "event-staff-only");
        (await key.TellAsync($"{waiting.Registration()}/position", new { position = 1, reason = "Because we want it" })).ShouldRefuse(403, "event-staff-only");
        (await key.AmendAsync(published.Path(), new { capacity = 99 }, published.Etag)).ShouldRefuse(403, "event-staff-only");
        (await admin.AskAsync(published.Path()))["status"].GetString().ShouldBe("published");
    }

    [Fact]
    public async Task It_reads_what_is_published_without_the_link_to_take_part()
    {
        using var admin = mila.Admin();
        using var key = await mila.KeyAsync(await Scenario.NetworkAsync(admin), "events:read");
        var planned = await Scenario.PlannedAsync(admin);
        var online = await Door.OpenAsync(admin, audience: "members", venue: new { mode = "online", url = "https://meet.example/secret" });

        (await key.AskAsync(planned.Path())).ShouldRefuse(404, "event-unknown");
        (await key.AskAsync(online.Path())).Expect(200).Text.ShouldNotContain("meet.example");
        var list = (await key.AskAsync("/v1/events")).Expect(200);
        list.Text.ShouldContain(online.Id());
        list.Text.ShouldNotContain(planned.Id());
        list.Text.ShouldNotContain("meet.example");
        (await admin.AskAsync("/v1/events")).Text.ShouldContain("meet.example");
    }
}
