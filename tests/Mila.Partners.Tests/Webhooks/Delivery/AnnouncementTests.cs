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
        await admin.MakeAsync($"{path}/cancellation", new { reason = new { fr = "Intervenant malade" } });
        await DrainAsync();

        var told = thin.Requests.Select(Body).OrderBy(b => b.GetProperty("data").GetProperty("version").GetInt32()).ToArray();
        told.Select(b => b.Text("type")).ShouldBe(["event.published", "event.moved", "event.cancelled"]);
        told.ShouldAllBe(b => b.EnumerateObject().Count() == 3 && b.GetProperty("data").Text("url") == path);
        told.ShouldAllBe(b => !b.GetProperty("data").EnumerateObject().Any(member => member.Name == "title"));
        var complete = Body(full.Requests.ShouldHaveSingleItem()).GetProperty("data");
        (complete.Text("status"), complete.GetProperty("title").Text("fr"), complete.Text("startsAt")).ShouldBe(("cancelled", "Droits voisins", "2027-03-09T18:00:00+00:00"));
        elsewhere.Requests.ShouldBeEmpty();
        (await admin.ReadAsync($"/v1/webhook-messages?resourceId={planned.Id()}&type=event.moved")).GetProperty("items").GetArrayLength().ShouldBe(1);
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

    private static JsonElement Body(string request) => JsonDocument.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]).RootElement;
}
