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
            new EventPublished(@event, "atelier", "codev", "Atelier", null, "network", null, _now, _now.AddHours(2), null, [], 1, _now),
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

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public async Task The_member_is_named_where_all_who_hear_of_it_are_told_of_members(bool network, bool host, bool named)
    {
        using var admin = mila.Admin();
        var (networkId, hostCode, registration, @event) = (await PartnerAsync("net", network), $"host-{network}-{host}".ToLowerInvariant(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await PartnerAsync("host", host);
        await mila.TellAsync(new EventPublished(@event, "atelier", "codev", "Atelier", null, "network", null, _now, _now.AddHours(2), null, [hostCode], 1, _now));
        await mila.TellAsync(new RegistrationConfirmed(registration, @event, Guid.CreateVersion7(), networkId, 1, 1, _now));

        (await admin.ChangesAsync($"resourceId={registration}", 1)).ShouldHaveSingleItem().GetProperty("data").TryGetProperty("memberId", out _).ShouldBe(named);

        async Task<Guid> PartnerAsync(string what, bool told) =>
            (await admin.MakeAsync("/v1/partners", new { code = $"{what}-{network}-{host}".ToLowerInvariant(), name = what, kind = "network", toldOf = told ? ["members"] : Array.Empty<string>() })).Id();
    }

    [Fact]
    public async Task A_registration_that_is_heard_of_before_its_event_is_told_to_who_hosts_it_all_the_same()
    {
        using var admin = mila.Admin();
        await admin.MakeAsync("/v1/partners", new { code = "quick", name = "quick", kind = "venue" });
        var (registrations, @event) = (Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToArray(), Guid.CreateVersion7());

        // Said in this order and handled in whatever order: the one is of the event, the others are each of their own.
        await mila.TellAsync([new EventPublished(@event, "vite", "codev", "Vite", null, "network", null, _now, _now.AddHours(2), null, ["quick"], 1, _now), .. registrations.Select(r => new RegistrationConfirmed(r, @event, null, null, 1, 1, _now))]);
        (await mila.SqlAsync($"select count(*) from partners.webhook_messages where type = 'registration.confirmed' and channels = '{{programme:codev,partner:quick}}'")).ShouldBe(20L);
    }

    [Fact]
    public async Task What_was_heard_of_before_its_event_is_told_once_with_it_before_what_follows_and_nothing_of_it_stays()
    {
        using var admin = mila.Admin();
        var host = (await admin.MakeAsync("/v1/partners", new { code = "early", name = "early", kind = "venue" })).Id();
        using var key = await mila.KeyAsync(host, "partners:read");
        var (registration, other, @event) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var published = new EventPublished(@event, "tot", "codev", "Tôt", null, "network", null, _now, _now.AddHours(2), null, ["early"], 1, _now);

        await mila.TellAsync(new RegistrationWaitlisted(registration, @event, null, null, 1, 1, _now), new RegistrationConfirmed(other, @event, null, null, 1, 1, _now));
        await mila.TellAsync(new RegistrationOffered(registration, @event, null, null, 1, _now.AddHours(4), 2, _now));
        (await mila.SqlAsync($"select count(*) from partners.webhook_messages where resource in ('{registration}', '{other}')")).ShouldBe(0L);
        await mila.TellAsync(published);
        await mila.TellAsync(new RegistrationConfirmed(registration, @event, null, null, 1, 3, _now));
        await mila.TellAsync(published);

        (await key.ChangesAsync($"resourceId={registration}", 3)).Select(c => c.Text("type")).ShouldBe(["registration.waitlisted", "registration.offered", "registration.confirmed"]);
        (await key.ChangesAsync($"resourceId={other}", 1)).ShouldHaveSingleItem();
        (await mila.SqlAsync($"select count(*) from partners.mt_doc_earlyregistrations where id = '{@event}'")).ShouldBe(0L);
    }

    [Fact]
    public async Task What_becomes_of_an_event_later_decides_who_may_know_of_its_registrations_and_no_channel_on_which_it_was_told_misses_their_end()
    {
        using var admin = mila.Admin();
        foreach (var code in (string[])["earlier", "later", "moved"]) await admin.MakeAsync("/v1/partners", new { code, name = code, kind = "venue" });
        foreach (var code in (string[])["juri-quizz", "club-mila"]) await admin.MakeAsync("/v1/programmes", new { code, label = code });
        var before = (await admin.MakeAsync("/v1/events", new { programme = "juri-quizz", title = new { fr = "Droits voisins" }, month = "2027-03", coHosts = new[] { "earlier" } })).Id();
        var path = $"/v1/events/{before}";

        // Said before it was published, changed, moved and called off while it is.
        await admin.MakeAsync($"{path}/publication");
        await RegisterAsync("programme:juri-quizz", "partner:earlier");
        (await admin.PatchAsync(path, new { programme = "club-mila", coHosts = new[] { "later", "earlier" } })).EnsureSuccessStatusCode();
        // MILA's own endpoint on the channel of the first programme was told of the first registration: it must not miss that it was given back.
        await RegisterAsync("programme:juri-quizz programme:club-mila", "partner:earlier partner:later");
        (await admin.PatchAsync(path, new { month = (string?)null, startsAt = "2027-03-09T19:00:00+01:00", endsAt = "2027-03-09T21:00:00+01:00", coHosts = new[] { "moved" } })).EnsureSuccessStatusCode();
        await RegisterAsync("programme:juri-quizz programme:club-mila partner:earlier partner:later", "partner:moved");
        await admin.MakeAsync($"{path}/cancellation", new { reason = new { fr = "Intervenant malade" } });
        await RegisterAsync("programme:juri-quizz programme:club-mila partner:earlier partner:later", "partner:moved");

        async Task RegisterAsync(string alsoOn, string mayKnow)
        {
            await mila.DrainAsync();
            var id = Guid.CreateVersion7();
            await mila.TellAsync(new RegistrationConfirmed(id, before, null, null, 1, 1, _now));
            var channels = (string)(await mila.SqlAsync($"select array_to_string(array(select unnest(channels) order by 1 desc), ' ') from partners.webhook_messages where resource = '{id}'"))!;
            channels.Split(' ').Order().ShouldBe($"{alsoOn} {mayKnow}".Split(' ').Order());
            var audience = (string)(await mila.SqlAsync($"select string_agg('partner:' || (p.data ->> 'code'), ' ') from partners.webhook_messages m join partners.mt_doc_partner p on p.id = any(m.audience) where m.resource = '{id}'"))!;
            audience.Split(' ').Order().ShouldBe(mayKnow.Split(' ').Order());
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
        // What is agreed of days to come is told when they come: nobody has heard of a lease before its start.
        happens.Except(announced).ShouldBe(["LeaseCalledOff", "LeaseTermAgreed"], ignoreOrder: true);
    }

    private static JsonElement Body(string request) => JsonDocument.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]).RootElement;
}
