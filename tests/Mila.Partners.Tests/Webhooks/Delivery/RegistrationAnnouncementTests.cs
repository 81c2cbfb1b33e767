using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Contracts;
using Mila.Partners.Tests.Webhooks.Changes;
using Mila.Partners.Webhooks.Announcements;
using Mila.Partners.Webhooks.Delivery;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Delivery;

public sealed class RegistrationAnnouncementTests(TestMila mila) : IClassFixture<TestMila>
{
    private readonly DateTimeOffset _now = mila.Clock.GetUtcNow();

    [Fact]
    public async Task Each_state_of_a_registration_is_told_in_its_order_and_without_the_person()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "registration.*" } });
        var (registration, @event, member) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        await mila.TellAsync(
            new RegistrationWaitlisted(registration, @event, member, null, 1, 1, _now),
            new RegistrationOffered(registration, @event, member, null, 1, _now.AddHours(4), 2, _now),
            new RegistrationConfirmed(registration, @event, member, null, 1, 3, _now),
            new RegistrationAttended(registration, @event, member, null, 1, 4, _now),
            new RegistrationMissed(registration, @event, member, null, 1, 5, _now),
            new RegistrationDeclined(registration, @event, member, null, 1, 6, _now),
            new RegistrationExpired(registration, @event, member, null, 1, 7, _now),
            new RegistrationCancelled(registration, @event, member, null, 1, 8, _now));
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);

        var told = receiver.Requests.Where(r => r.Contains(registration.ToString(), StringComparison.Ordinal)).Select(Body).OrderBy(b => b.GetProperty("data").GetProperty("version").GetInt32()).ToArray();
        told.Select(b => b.Text("type")).ShouldBe(
        [
            "registration.waitlisted", "registration.offered", "registration.confirmed", "registration.attended", "registration.missed", "registration.declined", "registration.expired", "registration.cancelled",
        ]);
        told[1].GetProperty("data").GetProperty("offerExpiresAt").GetDateTimeOffset().ShouldBe(_now.AddHours(4));
        told[2].GetProperty("data").EnumerateObject().Select(m => m.Name).ShouldBe(["id", "eventId", "memberId", "seats", "url", "version", "changed"]);
        told[2].GetProperty("data").Text("url").ShouldBe($"/v1/registrations/{registration}");
        var changes = await admin.ChangesAsync($"resourceId={registration}", 8);
        changes.Where(c => c.GetProperty("deleted").GetBoolean()).Select(c => c.Text("type")).ShouldBe(["registration.declined", "registration.expired", "registration.cancelled"]);
    }

    [Fact]
    public async Task A_registration_is_told_to_mila_to_its_network_and_to_who_hosts_the_event_and_to_nobody_else()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var endpoints = new Dictionary<string, (HttpClient Key, string Path)>(StringComparer.Ordinal);
        var partners = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var code in (string[])["network", "host", "stranger"])
        {
            partners[code] = (await admin.MakeAsync("/v1/partners", new { code, name = code, kind = "network" })).Id();
            var key = await mila.KeyAsync(partners[code], "partners:read", "partners:write");
            endpoints[code] = (key, $"/v1/webhook-endpoints/{(await key.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "registration.*" } })).Id()}");
        }

        endpoints["mila"] = (mila.Admin(), $"/v1/webhook-endpoints/{(await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "registration.*" }, channels = new[] { "programme:crescendo" } })).Id()}");
        endpoints["mila, of the network"] = (mila.Admin(), $"/v1/webhook-endpoints/{(await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, channels = new[] { "partner:network" }, eventTypes = new[] { "registration.*" } })).Id()}");
        var (registration, @event) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await mila.TellAsync(new EventPublished(@event, "atelier", "crescendo", "Atelier", null, "network", null, _now, _now.AddHours(2), null, ["host"], 1, _now));
        await mila.TellAsync(new RegistrationConfirmed(registration, @event, null, partners["network"], 1, 1, _now));
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);

        await ShouldHaveAsync(("mila", 1), ("mila, of the network", 1), ("network", 1), ("host", 1), ("stranger", 0));
        var changes = $"type=registration.confirmed&resourceId={registration}";
        foreach (var (code, seen) in (ValueTuple<string, int>[])[("mila", 1), ("network", 1), ("host", 1), ("stranger", 0)]) (await endpoints[code].Key.ChangesAsync(changes, seen)).Length.ShouldBe(seen, code);

        // A recovery finds what was missed, and not what was never theirs.
        foreach (var code in endpoints.Keys) (await endpoints[code].Key.PatchAsync(endpoints[code].Path, new { enabled = false })).EnsureSuccessStatusCode();
        await mila.TellAsync(new RegistrationCancelled(registration, @event, null, partners["network"], 1, 2, _now));
        foreach (var code in endpoints.Keys) (await endpoints[code].Key.PatchAsync(endpoints[code].Path, new { enabled = true })).EnsureSuccessStatusCode();
        foreach (var (code, missed) in (ValueTuple<string, int>[])[("mila", 1), ("network", 1), ("host", 1), ("stranger", 0)])
        {
            (await endpoints[code].Key.MakeAsync($"{endpoints[code].Path}/recovery", new { since = _now })).GetProperty("messages").GetInt32().ShouldBe(missed, code);
        }

        async Task ShouldHaveAsync(params (string Code, int Attempts)[] expected)
        {
            foreach (var (code, attempts) in expected) (await endpoints[code].Key.ReadAsync(endpoints[code].Path + "/attempts")).GetProperty("items").GetArrayLength().ShouldBe(attempts, code);
        }
    }

    [Fact]
    public void Everything_that_happens_to_events_registrations_members_leases_and_panels_is_announced()
    {
        var announced = typeof(WhenAnEventChanges).Assembly.GetTypes().Where(t => t.Namespace == typeof(WhenAnEventChanges).Namespace).SelectMany(t => t.GetInterfaces())
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(INotificationHandler<>)).Select(i => i.GetGenericArguments()[0].Name).ToHashSet(StringComparer.Ordinal);
        var contracts = typeof(WhenAnEventChanges).Assembly.GetReferencedAssemblies().Where(a => a.Name!.EndsWith(".Contracts", StringComparison.Ordinal) && a.Name.StartsWith("Mila.", StringComparison.Ordinal)).Select(System.Reflection.Assembly.Load);
        var happens = contracts.SelectMany(a => a.GetExportedTypes()).Where(t => typeof(INotification).IsAssignableFrom(t)).Select(t => t.Name).Distinct()
            .Where(n => ((string[])["Event", "Registration", "Member", "Lease", "PanelInstalled", "PanelRetired"]).Any(s => n.StartsWith(s, StringComparison.Ordinal))).ToArray();

        happens.Length.ShouldBeGreaterThanOrEqualTo(23);
        happens.Except(announced).ShouldBeEmpty();
    }

    private static JsonElement Body(string request) => JsonDocument.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]).RootElement;
}
