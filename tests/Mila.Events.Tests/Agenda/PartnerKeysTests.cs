using System.Text.Json;
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
        using var key = await mila.KeyAsync(await PartnerAsync(admin, "changing"), "events:read", "events:write");
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
        using var key = await mila.KeyAsync(await PartnerAsync(admin, "reading"), "events:read");
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

    [Fact]
    public async Task It_reads_who_speaks_and_not_what_is_between_them_and_MILA_nor_who_waits_nor_for_which_room()
    {
        using var admin = mila.Admin();
        using var key = await mila.KeyAsync(await PartnerAsync(admin, "reader-1"), "events:read");
        var published = await Door.OpenAsync(admin, capacity: 1, venue: new { mode = "onSite", spaceCode = "NULLE-PART" });
        published = await Door.ChangeAsync(admin, published, new { speakers = new[] { new { name = "Ada", role = "juriste", organisation = "Cabinet", mayBeFilmed = true } } });
        await Door.RegisteredAsync(admin, published);
        await Door.RegisteredAsync(admin, published, "waitlisted");
        await mila.DrainAsync();
        var ours = (await admin.AskAsync(published.Path())).Expect(200);
        (ours["waiting"].GetInt32(), ours["room"].GetString(), ours["roomReason"].GetProperty("code").GetString()).ShouldBe((1, "refused", "space-unknown"));
        (ours["speakers"][0].GetProperty("mayBeFilmed").GetBoolean(), ours["speakers"][0].GetProperty("consentedAt").ValueKind).ShouldBe((true, JsonValueKind.String));

        var listed = (await key.AskAsync($"/v1/events?programme={published["programme"].GetString()}")).Expect(200)["items"].EnumerateArray().ShouldHaveSingleItem();
        foreach (var theirs in new[] { (await key.AskAsync(published.Path())).Expect(200).Json, listed })
        {
            foreach (var hidden in (string[])["seatsHeld", "seatsRemote", "waiting", "room", "roomReason"]) theirs.GetProperty(hidden).ValueKind.ShouldBe(JsonValueKind.Null, hidden);
            var speaker = theirs.GetProperty("speakers")[0];
            foreach (var shown in (string[])["name", "role", "organisation"]) speaker.GetProperty(shown).ValueKind.ShouldBe(JsonValueKind.String, shown);
            foreach (var hidden in (string[])["mayBeFilmed", "consentedAt", "withdrawnAt"]) speaker.GetProperty(hidden).ValueKind.ShouldBe(JsonValueKind.Null, hidden);
        }
    }

    [Fact]
    public async Task It_does_not_read_how_many_events_a_programme_plans()
    {
        using var admin = mila.Admin();
        using var key = await mila.KeyAsync(await PartnerAsync(admin, "reader-2"), "events:read");
        var programme = await Scenario.ProgrammeAsync(admin);
        (await key.AskAsync($"/v1/programmes/{programme}/progress")).ShouldRefuse(403, "event-staff-only");
        (await key.AskAsync($"/v1/programmes/{programme}")).Expect(200);
        (await admin.AskAsync($"/v1/programmes/{programme}/progress")).Expect(200);
    }

    private static async Task<Guid> PartnerAsync(HttpClient admin, string code) => (await admin.TellAsync("/v1/partners", new { code, name = code, kind = "network" })).Expect(201)["id"].GetGuid();
}
