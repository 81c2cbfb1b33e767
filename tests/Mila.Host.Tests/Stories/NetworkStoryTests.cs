using System.Diagnostics;
using Mila.Testing.App;

namespace Mila.Host.Tests.Stories;

/// <summary>Two networks and one agreement: what it opens on either side, and that all of it is shut when it ends.</summary>
public sealed class NetworkStoryTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task An_agreement_opens_events_and_proofs_to_both_sides_and_ends_for_both()
    {
        using var staff = mila.Admin();
        using var public_ = mila.Anonymous();
        var partner = (await staff.TellAsync("/v1/partners", new { code = "sister", name = "Sister", kind = "network", reciprocity = true })).Expect(201)["id"].GetGuid();
        using var key = await mila.KeyAsync(partner, "partners:read", "partners:write", "events:read", "events:write");
        (await staff.TellAsync("/v1/programmes", new { code = "rencontres", label = "Rencontres" })).Expect(201);
        var planned = (await staff.TellAsync("/v1/events", new { programme = "rencontres", title = new { fr = "Ouvert aux réseaux" }, startsAt = "2026-03-16T18:00:00Z", endsAt = "2026-03-16T20:00:00Z", audience = "network", capacity = 2 })).Expect(201);
        var @event = $"/v1/events/{planned["id"].GetString()}";
        (await staff.TellAsync($"{@event}/publication", null)).Expect(200);
        await mila.DrainAsync();
        var member = await staff.MakeAsync("/v1/members", new { name = "Label", activities = new[] { "label" } });
        await staff.MakeAsync($"/v1/members/{member.Id()}/admission", new { on = "2026-01-01" });
        var contact = await staff.MakeAsync($"/v1/members/{member.Id()}/contacts", new { name = "Nina", email = "nina@label.example" });
        await mila.DrainAsync();
        object theirs = new { title = new { fr = "Chez Sister" }, url = "https://sister.example/soiree", startsAt = "2026-04-02T18:00:00Z", endsAt = "2026-04-02T20:00:00Z" };
        object proof = new { audience = "sister", memberId = member.Id(), contactId = contact.Id() };

        // A flag opens nothing.
        (await RegisterAsync(key, @event, 1)).ShouldRefuse(409, "event-for-network");
        (await key.CallAsync("PUT", $"/v1/partners/{partner}/events/soiree", theirs)).ShouldRefuse(409, "agreement-needed");
        (await staff.TellAsync("/v1/membership-proofs", proof)).ShouldRefuse(409, "agreement-needed");

        var agreement = (await staff.TellAsync($"/v1/partners/{partner}/agreements", new { kind = "access", startsOn = "2026-03-01", grants = new { events = true, seatsPerEvent = 1 } })).Expect(201);
        await mila.DrainAsync();
        (await staff.AskAsync($"{@event}/allotments")).Expect(200)["kept"].GetInt32().ShouldBe(1);
        (await RegisterAsync(key, @event, 1)).Expect(201)["status"].GetString().ShouldBe("confirmed");
        (await key.CallAsync("PUT", $"/v1/partners/{partner}/events/soiree", theirs)).Expect(201);
        await mila.DrainAsync();
        await UntilAsync(public_, "/feeds/events.json", a => a.Text.Contains("https://sister.example/soiree", StringComparison.Ordinal));
        var token = (await staff.TellAsync("/v1/membership-proofs", proof)).Expect(201)["token"].GetString();
        (await key.TellAsync("/v1/membership-proofs/verification", new { token })).Expect(200);

        (await staff.TellAsync($"/v1/partners/{partner}/agreements/{agreement["id"].GetString()}/ending", new { on = "2026-03-08", reason = "Fusion" })).Expect(200);
        await mila.DrainAsync();
        (await RegisterAsync(key, @event, 2)).ShouldRefuse(409, "event-for-network");
        await UntilAsync(public_, "/feeds/events.json", a => !a.Text.Contains("https://sister.example/soiree", StringComparison.Ordinal));
        (await key.CallAsync("PUT", $"/v1/partners/{partner}/events/soiree", theirs)).ShouldRefuse(409, "agreement-needed");
        (await staff.TellAsync("/v1/membership-proofs", proof)).ShouldRefuse(409, "agreement-needed");
        (await staff.AskAsync($"{@event}/allotments")).Expect(200)["kept"].GetInt32().ShouldBe(0);
    }

    private static Task<Answer> RegisterAsync(HttpClient caller, string @event, int number) => caller.TellAsync($"{@event}/registrations", new { name = "Une membre", email = $"membre{number}@sister.example" });

    /// <summary>Asks again until the answer is as wanted: the agenda is read anew after the commit, not in it.</summary>
    private static async Task UntilAsync(HttpClient client, string path, Func<Answer, bool> wanted)
    {
        var clock = Stopwatch.StartNew();
        while (!wanted(await client.AskAsync(path))) clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10), path);
    }
}
