using System.Net;
using System.Net.Http.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Contracts;
using Mila.Hosting.Contracts;
using Mila.Membership.Contracts;
using Mila.Partners.Tests.Webhooks.Changes;
using Mila.Partners.Tests.Webhooks.Delivery;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Types;
using Mila.Signage.Contracts;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Messages;

/// <summary>Who is told of what: one rule for webhooks, recoveries, resends and the stream of changes.</summary>
public sealed class AudienceTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly string[] Everybody = ["city", "host", "landlord", "mila", "network", "stranger"];

    /// <summary>By type, who is told when it happens as <see cref="HappenAsync"/> lets it.</summary>
    private static readonly Dictionary<string, string[]> Told = new(StringComparer.Ordinal)
    {
        ["event.published"] = Everybody,
        ["event.cancelled"] = Everybody,
        ["call.opened"] = Everybody,
        ["selection.announced"] = Everybody,
        ["panel.installed"] = Everybody,
        ["registration.confirmed"] = ["host", "mila", "network"],
        ["agreement.signed"] = ["mila", "network"],
        ["partner.changed"] = ["mila", "stranger"],
        ["member.suspended"] = ["city", "mila"],
        ["lease.started"] = ["landlord", "mila"],
    };

    private readonly DateTimeOffset _now = mila.Clock.GetUtcNow();

    [Fact]
    public async Task Each_learns_what_is_public_what_is_its_own_and_what_was_confided_in_it_and_nothing_else()
    {
        Told.Keys.Select(ResourceOf).Order().Distinct().ShouldBe(EventTypes.All.Select(ResourceOf).Order().Distinct(), customMessage: "Every resource is tried.");
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var (keys, partners, endpoints) = (new Dictionary<string, HttpClient>(StringComparer.Ordinal), new Dictionary<string, Guid>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var who in Everybody)
        {
            if (who != "mila") partners[who] = (await admin.MakeAsync("/v1/partners", new { code = who, name = who, kind = "network", toldOf = who switch { "city" => ["members"], "landlord" => new[] { "leases" }, _ => [] } })).Id();
            keys[who] = who == "mila" ? mila.Admin() : await mila.KeyAsync(partners[who], "partners:read", "partners:write");
        }

        await mila.DrainAsync();
        await mila.SqlAsync("truncate partners.webhook_messages, partners.webhook_deliveries, partners.webhook_attempts");
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        var start = mila.Clock.GetUtcNow();
        foreach (var who in Everybody) endpoints[who] = $"/v1/webhook-endpoints/{(await keys[who].MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri })).Id()}";

        await HappenAsync(admin, partners);
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
        foreach (var who in Everybody) (await AttemptedAsync(keys[who], endpoints[who])).ShouldBe(ToldTo(who), who);

        // Resent by staff: to nobody who may not know.
        foreach (var message in (await admin.ReadAsync("/v1/webhook-messages?limit=250")).GetProperty("items").EnumerateArray().Where(m => Told.ContainsKey(m.Text("type")) && m.GetProperty("createdAt").GetDateTimeOffset() >= start))
        {
            foreach (var who in Everybody)
            {
                var resent = await admin.TellAsync($"/v1/webhook-messages/{message.Text("id")}/resend", new { endpointId = endpoints[who].Split('/')[^1] });
                if (Told[message.Text("type")].Contains(who)) resent.Expect(202);
                else resent.ShouldRefuse(409, "webhook-message-not-for-them");
            }
        }

        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
        foreach (var who in Everybody) (await AttemptedAsync(keys[who], endpoints[who])).ShouldBe([.. ToldTo(who).Concat(ToldTo(who)).Order()], who);

        // What happens while nobody is told is found by a recovery, by those whom it was for.
        foreach (var who in Everybody) (await keys[who].PatchAsync(endpoints[who], new { enabled = false })).EnsureSuccessStatusCode();
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        var since = mila.Clock.GetUtcNow();
        await HappenAsync(admin, partners);
        foreach (var who in Everybody)
        {
            (await keys[who].PatchAsync(endpoints[who], new { enabled = true })).EnsureSuccessStatusCode();
            (await keys[who].MakeAsync($"{endpoints[who]}/recovery", new { since })).GetProperty("messages").GetInt32().ShouldBe(ToldTo(who).Length, who);
        }

        foreach (var who in Everybody)
        {
            string[] twice = [.. ToldTo(who).Concat(ToldTo(who)).Order()];
            var read = await keys[who].ChangesAsync($"limit=250&type={string.Join(',', Told.Keys)}", twice.Length, start);
            read.Select(c => c.Text("type")).Order().ToArray().ShouldBe(twice, who);
        }
    }

    [Fact]
    public async Task What_was_confided_ends_with_the_next_message_and_staff_alone_decide_it()
    {
        using var admin = mila.Admin();
        var partner = (await admin.MakeAsync("/v1/partners", new { code = "confidant", name = "x", kind = "landlord", toldOf = new[] { "leases", "members", "leases" } })).Id();
        (await admin.ReadAsync($"/v1/partners/{partner}")).GetProperty("toldOf").EnumerateArray().Select(s => s.GetString()).ShouldBe(["members", "leases"]);
        using var key = await mila.KeyAsync(partner, "partners:read", "partners:write");
        var (before, after) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await mila.TellAsync(new MemberSuspended(before, 1, _now));
        await key.PatchAsync($"/v1/partners/{partner}", new { toldOf = new[] { "members" } }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "partner-staff-only");
        (await admin.PatchAsync($"/v1/partners/{partner}", new { toldOf = new[] { "leases" } })).EnsureSuccessStatusCode();
        await mila.TellAsync(new MemberSuspended(after, 1, _now));

        (await admin.ChangesAsync($"resourceId={after}", 1)).Length.ShouldBe(1);
        (await key.ChangesAsync($"resourceId={before}", 1)).Length.ShouldBe(1);
        (await key.ReadAsync($"/v1/changes?resourceId={after}")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await admin.PostAsJsonAsync("/v1/partners", new { code = "y", name = "y", kind = "landlord", toldOf = new[] { "everything" } }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
    }

    [Fact]
    public async Task What_was_sent_to_an_endpoint_is_not_read_by_a_partner_that_may_not_know_of_it()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var partner = (await admin.MakeAsync("/v1/partners", new { code = "reading", name = "x", kind = "network" })).Id();
        using var key = await mila.KeyAsync(partner, "partners:read", "partners:write");
        await key.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri });
        var panel = Guid.CreateVersion7();
        await mila.TellAsync(new PanelRetired(panel, "RUE-01", null, "ABCD", _now));
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
        var messages = $"/v1/webhook-messages?resourceId={panel}";
        var attempts = $"/v1/webhook-messages/{(await key.ReadAsync(messages)).GetProperty("items")[0].Text("id")}/attempts";
        (await key.ReadAsync(attempts)).GetProperty("items").GetArrayLength().ShouldBe(1);

        await mila.SqlAsync($"update partners.webhook_messages set audience = '{{}}' where resource = '{panel}'");

        (await key.ReadAsync(messages)).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await key.AskAsync(attempts)).ShouldRefuse(404, "webhook-message-unknown");
        (await admin.ReadAsync(messages)).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await admin.ReadAsync(attempts)).GetProperty("items").GetArrayLength().ShouldBeGreaterThanOrEqualTo(1);
        await mila.SqlAsync($"update partners.webhook_messages set audience = array['{partner}'::uuid] where resource = '{panel}'");
        (await key.ReadAsync(attempts)).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_types_say_who_is_told()
    {
        using var admin = mila.Admin();
        var types = (await admin.ReadAsync("/v1/event-types")).GetProperty("items").EnumerateArray().ToDictionary(t => t.Text("type"), t => t.Text("toldTo"), StringComparer.Ordinal);
        (types["event.held"], types["panel.retired"], types["partner.changed"], types["member.left"], types["lease.ended"]).ShouldBe(("everybody", "everybody", "concerned", "toldOfMembers", "toldOfLeases"));
        var landlord = (await admin.MakeAsync("/v1/partners", new { code = "asking", name = "x", kind = "landlord", toldOf = new[] { "leases" } })).Id();
        using var key = await mila.KeyAsync(landlord, "partners:read");
        (await key.ReadAsync("/v1/event-types")).GetProperty("items").EnumerateArray().Where(t => !t.GetProperty("told").GetBoolean()).Select(t => ResourceOf(t.Text("type"))).Distinct().ShouldBe(["member"]);
        (await admin.ReadAsync("/v1/event-types")).GetProperty("items").EnumerateArray().ShouldAllBe(t => t.GetProperty("told").GetBoolean());
        (await admin.ReadAsync("/v1/event-types/lease.ended")).Text("description").ShouldBe("A lease ended. Only partners that staff say are toldOf leases are told.");
    }

    private async Task HappenAsync(HttpClient admin, Dictionary<string, Guid> partners)
    {
        var (at, @event, call) = (mila.Clock.GetUtcNow(), Guid.CreateVersion7(), Guid.CreateVersion7());
        INotification[] happened =
        [
            new EventPublished(@event, "atelier", "crescendo", "Atelier", null, "members", null, at, at.AddHours(2), null, ["host"], 1, at),
            new RegistrationConfirmed(Guid.CreateVersion7(), @event, null, partners["network"], 1, 1, at),
            new EventCancelled(@event, "atelier", "crescendo", at, null, ["host"], 2, at),
            new CallOpened(call, "scene", null, null, "Scène", null, at.AddDays(9), 1, at),
            new SelectionAnnounced(call, "scene", null, null, 3, 2, at),
            new PanelInstalled(Guid.CreateVersion7(), "RUE-01", null, "ABCD", at),
            new MemberSuspended(Guid.CreateVersion7(), 1, at),
            new LeaseStarted(Guid.CreateVersion7(), Guid.CreateVersion7(), "PEP-01", "office", new DateOnly(2026, 3, 1), new DateOnly(2027, 2, 28), at),
        ];
        await mila.TellAsync(happened);
        (await admin.PatchAsync($"/v1/partners/{partners["stranger"]}", new { name = at.ToString("O") })).EnsureSuccessStatusCode();
        var day = DateOnly.FromDateTime(at.UtcDateTime).AddDays(at.Minute);
        await admin.MakeAsync($"/v1/partners/{partners["network"]}/agreements", new { kind = "exchange", startsOn = day, endsOn = day });
        await mila.DrainAsync();
    }

    private static async Task<string[]> AttemptedAsync(HttpClient key, string endpoint) =>
        [.. (await key.ReadAsync($"{endpoint}/attempts?limit=250")).GetProperty("items").EnumerateArray().Select(a => a.Text("type")).Order()];

    private static string[] ToldTo(string who) => [.. Told.Where(t => t.Value.Contains(who)).Select(t => t.Key).Order()];

    private static string ResourceOf(string type) => type.Split('.')[0];
}
