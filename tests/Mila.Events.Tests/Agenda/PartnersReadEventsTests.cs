using System.Text.Json;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

/// <summary>What a partner's key reads of an event is what the public may know, and how many seats are taken.</summary>
public sealed class PartnersReadEventsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task It_reads_who_speaks_and_not_what_is_between_them_and_MILA_nor_who_waits_nor_for_which_room()
    {
        using var admin = mila.Admin();
        using var key = await mila.KeyAsync(await Scenario.NetworkAsync(admin), "events:read");
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
        using var key = await mila.KeyAsync(await Scenario.NetworkAsync(admin), "events:read");
        var programme = await Scenario.ProgrammeAsync(admin);
        (await key.AskAsync($"/v1/programmes/{programme}/progress")).ShouldRefuse(403, "event-staff-only");
        (await admin.AskAsync($"/v1/programmes/{programme}/progress")).Expect(200);

        (await admin.AmendAsync($"/v1/programmes/{programme}", new { yearlyTarget = 9, rhythm = "mensuel", themes = new[] { "Un sujet que personne ne connaît" }, supportedBy = "CNM", minutes = 90 }, (await admin.AskAsync($"/v1/programmes/{programme}")).Etag)).Expect(200);
        var listed = (await key.AskAsync("/v1/programmes?limit=250")).Expect(200)["items"].EnumerateArray().Single(p => p.GetProperty("code").GetString() == programme);
        foreach (var theirs in new[] { (await key.AskAsync($"/v1/programmes/{programme}")).Expect(200).Json, listed })
        {
            foreach (var hidden in (string[])["rhythm", "season", "yearlyTarget", "supportedBy"]) theirs.GetProperty(hidden).ValueKind.ShouldBe(JsonValueKind.Null, hidden);
            (theirs.GetProperty("themes").GetArrayLength(), theirs.GetProperty("minutes").GetInt32()).ShouldBe((0, 90));
        }
    }

    [Fact]
    public async Task What_it_read_once_it_finds_again_when_it_is_off_or_over_and_never_what_was_not_announced()
    {
        using var admin = mila.Admin();
        using var key = await mila.KeyAsync(await Scenario.NetworkAsync(admin), "events:read");
        var now = mila.Clock.GetUtcNow();
        var off = await Scenario.PublishedAsync(admin, startsAt: now.AddDays(5).ToString("O"), endsAt: now.AddDays(5).AddHours(2).ToString("O"));
        var over = await Scenario.PublishedAsync(admin, startsAt: now.AddHours(-3).ToString("O"), endsAt: now.AddHours(-1).ToString("O"));
        var secret = await Scenario.PlannedAsync(admin);
        (await Scenario.CancelAsync(admin, off)).Expect(200);
        (await Scenario.CancelAsync(admin, secret)).Expect(200);
        (await admin.TellAsync($"{over.Path()}/holding", null)).Expect(200);

        foreach (var (e, status) in new[] { (off, "cancelled"), (over, "held") })
        {
            (await key.AskAsync(e.Path())).Expect(200)["status"].GetString().ShouldBe(status);
            (await ListedAsync($"?status={status}&limit=250")).ShouldContain(e["id"].GetGuid());
            (await ListedAsync($"?updatedSince={Uri.EscapeDataString(now.ToString("O"))}&sort=updatedAt&limit=250")).ShouldContain(e["id"].GetGuid());
        }

        (await ListedAsync("?limit=250")).ShouldNotContain(secret["id"].GetGuid());
        (await key.AskAsync(secret.Path())).ShouldRefuse(404, "event-unknown");

        async Task<Guid[]> ListedAsync(string query) => [.. (await key.AskAsync("/v1/events" + query)).Expect(200)["items"].EnumerateArray().Select(e => e.GetProperty("id").GetGuid())];
    }
}
