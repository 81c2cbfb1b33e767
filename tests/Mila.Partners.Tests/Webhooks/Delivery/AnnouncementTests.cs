using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Tests.Webhooks.Changes;
using Mila.Partners.Webhooks.Delivery;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Delivery;

public sealed class AnnouncementTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task An_event_is_announced_as_each_endpoint_asked_and_in_the_order_it_happened()
    {
        await using var thin = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        await using var full = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        await using var elsewhere = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        await admin.MakeAsync("/v1/webhook-endpoints", new { url = thin.Url.AbsoluteUri, eventTypes = new[] { "event.*" } });
        await admin.MakeAsync("/v1/webhook-endpoints", new { url = full.Url.AbsoluteUri, eventTypes = new[] { "event.cancelled" }, payload = "full", channels = new[] { "programme:juri-quizz" } });
        await admin.MakeAsync("/v1/webhook-endpoints", new { url = elsewhere.Url.AbsoluteUri, channels = new[] { "programme:crescendo" } });
        await admin.MakeAsync("/v1/programmes", new { code = "juri-quizz", label = "JuriQuizz" });
        var planned = await admin.MakeAsync("/v1/events", new { programme = "juri-quizz", title = new { fr = "Droits voisins" }, month = "2027-03" });
        var path = $"/v1/events/{planned.Id()}";

        await admin.MakeAsync($"{path}/publication");
        (await admin.PatchAsync(path, new { month = (string?)null, startsAt = "2027-03-09T19:00:00+01:00", endsAt = "2027-03-09T21:00:00+01:00" })).EnsureSuccessStatusCode();
        (await admin.PatchAsync(path, new { endsAt = "2027-03-09T22:00:00+01:00" })).EnsureSuccessStatusCode();
        await admin.MakeAsync($"{path}/cancellation", new { reason = new { fr = "Intervenant malade" } });
        await DrainAsync();

        var told = thin.Requests.Select(Body).OrderBy(b => b.GetProperty("data").GetProperty("version").GetInt32()).ToArray();
        told.Select(b => b.Text("type")).ShouldBe(["event.published", "event.moved", "event.moved", "event.cancelled"]);
        told.Select(b => string.Join(' ', b.GetProperty("data").GetProperty("changed").EnumerateArray().Select(f => f.GetString()))).ShouldBe(["", "month startsAt endsAt", "endsAt", "status"]);
        told.ShouldAllBe(b => b.EnumerateObject().Count() == 3 && b.GetProperty("data").Text("url") == path);
        told.ShouldAllBe(b => !b.GetProperty("data").EnumerateObject().Any(member => member.Name == "title"));
        var complete = Body(full.Requests.ShouldHaveSingleItem()).GetProperty("data");
        (complete.Text("status"), complete.GetProperty("title").Text("fr"), complete.Text("startsAt")).ShouldBe(("cancelled", "Droits voisins", "2027-03-09T18:00:00+00:00"));
        elsewhere.Requests.ShouldBeEmpty();
        (await admin.ReadAsync($"/v1/webhook-messages?resourceId={planned.Id()}&type=event.moved")).GetProperty("items").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Who_heard_of_an_event_on_a_channel_hears_what_becomes_of_it_after_it_has_left_the_channel()
    {
        await using var programme = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        await using var host = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        await using var elsewhere = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        foreach (var code in new[] { "left", "joined" }) await admin.MakeAsync("/v1/programmes", new { code, label = code });
        await admin.MakeAsync("/v1/partners", new { code = "co-host", name = "Co-host", kind = "network" });
        await OpenAsync(programme, "programme:left");
        await OpenAsync(host, "partner:co-host");
        var late = await OpenAsync(elsewhere, "programme:joined");
        var planned = (await admin.MakeAsync("/v1/events", new { programme = "left", title = new { fr = "Rencontre" }, month = "2027-03", coHosts = new[] { "co-host" } })).Id();
        var path = $"/v1/events/{planned}";

        await admin.MakeAsync($"{path}/publication");
        (await admin.PatchAsync(path, new { programme = "joined", coHosts = Array.Empty<string>() })).EnsureSuccessStatusCode();
        (await admin.PatchAsync(path, new { title = new { fr = "Rencontres" } })).EnsureSuccessStatusCode();
        await admin.MakeAsync($"{path}/cancellation", new { reason = new { fr = "Salle fermée" } });
        await DrainAsync();

        string[] all = ["event.published", "event.changed", "event.changed", "event.cancelled"];
        Types(programme).ShouldBe(all);
        Types(host).ShouldBe(all);
        Types(elsewhere).ShouldBe(all[1..]);

        // What it would have missed while it was out of service is found on the same channels.
        (await mila.SqlAsync($"select count(*) from partners.webhook_messages where resource = '{planned}' and channels @> '{{programme:left,partner:co-host}}'")).ShouldBe(4L);
        late.ShouldNotBe(Guid.Empty);

        async Task<Guid> OpenAsync(EvilReceiver receiver, string channel) =>
            (await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "event.*" }, channels = new[] { channel } })).Id();
    }

    [Fact]
    public async Task An_event_that_was_taken_out_and_comes_back_elsewhere_is_told_there_alone()
    {
        await using var before = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        await using var after = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        foreach (var (code, receiver) in new[] { ("before", before), ("after", after) })
        {
            await admin.MakeAsync("/v1/programmes", new { code, label = code });
            await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "event.*" }, channels = new[] { $"programme:{code}" } });
        }

        var path = $"/v1/events/{(await admin.MakeAsync("/v1/events", new { programme = "before", title = new { fr = "Retour" }, month = "2027-03" })).Id()}";
        await admin.MakeAsync($"{path}/publication");
        (await admin.CallAsync("DELETE", $"{path}/publication", null, ("If-Match", await admin.TagAsync(path)))).Expect(200);
        (await admin.PatchAsync(path, new { programme = "after" })).EnsureSuccessStatusCode();
        await admin.MakeAsync($"{path}/publication");
        await DrainAsync();

        Types(before).ShouldBe(["event.published", "event.unpublished"]);
        Types(after).ShouldBe(["event.published"]);
    }

    [Fact]
    public async Task One_version_of_an_event_has_one_full_form_and_it_says_what_the_agenda_says()
    {
        await using var full = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        await admin.MakeAsync("/v1/programmes", new { code = "forms", label = "Forms" });
        await admin.MakeAsync("/v1/webhook-endpoints", new { url = full.Url.AbsoluteUri, eventTypes = new[] { "event.*" }, channels = new[] { "programme:forms" }, payload = "full" });
        var path = $"/v1/events/{(await admin.MakeAsync("/v1/events", new { programme = "forms", title = new { fr = "Avant" }, month = "2027-03", tags = new[] { "droit" } })).Id()}";
        await admin.MakeAsync($"{path}/publication");
        (await admin.PatchAsync(path, new
        {
            month = (string?)null,
            startsAt = "2027-03-09T19:00:00+01:00",
            endsAt = "2027-03-09T21:00:00+01:00",
            title = new { fr = "Après", en = "After" },
            summary = new { fr = "Le **droit**." },
            venue = new { mode = "hybrid", name = "Mila", address = "5 rue André Messager, Paris", url = "https://meet.example/secret" },
            tags = new[] { "droit", "live" },
        })).EnsureSuccessStatusCode();
        (await admin.PatchAsync(path, new { audience = "public" })).EnsureSuccessStatusCode();
        await admin.MakeAsync($"{path}/cancellation", new { reason = new { fr = "Salle fermée" } });
        await DrainAsync();

        var told = full.Requests.Select(Body).OrderBy(b => b.GetProperty("data").GetProperty("version").GetInt32()).ThenByDescending(b => b.Text("type"), StringComparer.Ordinal).ToArray();
        told.Select(b => b.Text("type")).ShouldBe(["event.published", "event.moved", "event.changed", "event.changed", "event.cancelled"]);
        told[1].GetProperty("data").EnumerateObject().Where(m => m.Name != "changed").Select(m => m.ToString()).ShouldBe(told[2].GetProperty("data").EnumerateObject().Where(m => m.Name != "changed").Select(m => m.ToString()));
        told[1].GetProperty("data").GetProperty("changed").EnumerateArray().Select(f => f.GetString()).ShouldBe(["month", "startsAt", "endsAt"]);
        told[2].GetProperty("data").GetProperty("changed").EnumerateArray().Select(f => f.GetString()).ShouldBe(["title", "summary", "venue", "tags"], ignoreOrder: true);
        var form = told[1].GetProperty("data");
        (form.GetProperty("title").Text("en"), form.GetProperty("summary").Text("fr"), form.Text("timeZone"), form.Text("url")).ShouldBe(("After", "Le **droit**.", "Europe/Paris", path));
        (form.GetProperty("venue").Text("mode"), form.GetProperty("venue").Text("name"), form.GetProperty("venue").Text("address")).ShouldBe(("hybrid", "Mila", "5 rue André Messager, Paris"));
        form.GetProperty("tags").EnumerateArray().Select(t => t.GetString()).ShouldBe(["droit", "live"]);
        // By which link one takes part is told once the event is for everybody, not before.
        form.GetProperty("venue").TryGetProperty("url", out _).ShouldBeFalse();
        told[3].GetProperty("data").GetProperty("venue").Text("url").ShouldBe("https://meet.example/secret");
        told[4].GetProperty("data").GetProperty("cancellationReason").Text("fr").ShouldBe("Salle fermée");
    }

    [Fact]
    public async Task A_summary_that_would_make_a_message_too_long_is_left_out_and_the_rest_is_said()
    {
        await using var full = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        await admin.MakeAsync("/v1/programmes", new { code = "long", label = "Long" });
        await admin.MakeAsync("/v1/webhook-endpoints", new { url = full.Url.AbsoluteUri, eventTypes = new[] { "event.*" }, channels = new[] { "programme:long" }, payload = "full" });
        var path = $"/v1/events/{(await admin.MakeAsync("/v1/events", new { programme = "long", title = new { fr = "Long" }, summary = new { fr = new string('é', 4000) }, month = "2027-03", venue = new { mode = "onSite", spaceCode = "MEETING" } })).Id()}";
        await admin.MakeAsync($"{path}/publication");
        await DrainAsync();

        var form = Body(full.Requests.ShouldHaveSingleItem()).GetProperty("data");
        (form.Text("status"), form.TryGetProperty("summary", out _)).ShouldBe(("published", false));
        // One of the house's own rooms is said as the agenda says it.
        (form.GetProperty("venue").Text("spaceCode"), form.GetProperty("venue").Text("address").Length).ShouldSatisfyAllConditions(v => v.Item1.ShouldBe("MEETING"), v => v.Item2.ShouldBeGreaterThan(0));
    }

    [Fact]
    public async Task A_partner_is_announced_when_registered_and_when_changed()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "partner.*" } });
        var partner = await admin.MakeAsync("/v1/partners", new { code = "sma", name = "SMA", kind = "network" });
        (await admin.PatchAsync($"/v1/partners/{partner.Id()}", new { since = 2025, note = "new" })).EnsureSuccessStatusCode();
        (await admin.PatchAsync($"/v1/partners/{partner.Id()}", new { since = 2025 })).EnsureSuccessStatusCode();
        await DrainAsync();

        var told = receiver.Requests.Select(Body).OrderBy(b => b.GetProperty("data").GetProperty("version").GetInt32()).ToArray();
        told.Select(b => b.Text("type")).ShouldBe(["partner.registered", "partner.changed"]);
        told[1].GetProperty("data").GetProperty("changed").EnumerateArray().Select(c => c.GetString()).ShouldBe(["since"]);
    }

    [Fact]
    public async Task What_staff_note_of_a_partner_is_told_to_mila_alone()
    {
        using var admin = mila.Admin();
        var partner = (await admin.MakeAsync("/v1/partners", new { code = "noted", name = "Noted", kind = "network", note = "old" })).Id();
        using var key = await mila.KeyAsync(partner, "partners:read");
        (await admin.PatchAsync($"/v1/partners/{partner}", new { note = "pays late" })).EnsureSuccessStatusCode();
        (await admin.PatchAsync($"/v1/partners/{partner}", new { note = "pays", name = "Noted again" })).EnsureSuccessStatusCode();
        await mila.DrainAsync();

        var changes = $"type=partner.changed&resourceId={partner}";
        (await admin.ChangesAsync(changes, 2)).Select(Changed).ShouldBe(["note", "name"]);
        (await key.ChangesAsync(changes, 1)).Select(Changed).ShouldBe(["name"]);

        static string Changed(JsonElement change) => string.Join(' ', change.GetProperty("data").GetProperty("changed").EnumerateArray().Select(c => c.GetString()));
    }

    [Fact]
    public async Task A_change_that_is_not_committed_is_not_announced()
    {
        using var admin = mila.Admin();
        await admin.MakeAsync("/v1/partners", new { code = "once", name = "Once", kind = "network" });
        await DrainAsync();
        var before = (await admin.ReadAsync("/v1/webhook-messages?type=partner.registered")).GetProperty("items").GetArrayLength();

        await admin.PostAsJsonAsync("/v1/partners", new { code = "once", name = "Twice", kind = "network" }).ShouldRefuseAsync(HttpStatusCode.Conflict, "partner-code-taken");
        await DrainAsync();

        (await admin.ReadAsync("/v1/webhook-messages?type=partner.registered")).GetProperty("items").GetArrayLength().ShouldBe(before);
    }

    private async Task DrainAsync()
    {
        await mila.DrainAsync();
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
    }

    private static string[] Types(EvilReceiver receiver) => [.. receiver.Requests.Select(Body).OrderBy(b => b.GetProperty("data").GetProperty("version").GetInt32()).Select(b => b.Text("type"))];

    private static JsonElement Body(string request) => JsonDocument.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]).RootElement;
}
