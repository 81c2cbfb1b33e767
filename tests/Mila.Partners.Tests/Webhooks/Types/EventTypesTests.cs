using System.Net;
using System.Text.Json;
using Mila.Partners.Webhooks.Types;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Types;

public sealed class EventTypesTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Every_type_has_a_schema_of_its_body()
    {
        using var admin = mila.Admin();
        var listed = (await admin.ReadAsync("/v1/event-types")).GetProperty("items").EnumerateArray().Select(t => t.Text("type")).ToArray();
        listed.ShouldBe(EventTypes.Catalogue.Select(t => t.Name));
        foreach (var type in listed)
        {
            using var answer = await admin.GetAsync($"/v1/event-types/{type}");
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/schema+json");
            var schema = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            schema.Text("$schema").ShouldBe("https://json-schema.org/draft/2020-12/schema");
            schema.GetProperty("properties").GetProperty("type").Text("const").ShouldBe(type);
            schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()).ShouldBe(["type", "timestamp", "data"]);
        }
    }

    [Fact]
    public void A_schema_says_what_is_always_there_and_what_may_be_left_out()
    {
        var forms = EventTypeSchemas.DataOf(EventTypes.Find(EventTypes.EventPublished)!)["anyOf"]!.AsArray();
        forms[0]!["required"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["id", "slug", "url", "version", "changed"]);
        var full = forms[1]!;
        full["required"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["id", "slug", "programme", "title", "status", "audience", "coHosts", "version", "updatedAt", "url", "timeZone"]);
        full["properties"]!["summary"]!["required"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["fr"]);
        full["properties"]!["venue"]!["properties"]!.AsObject().Select(p => p.Key).ShouldBe(["mode", "name", "address", "url", "spaceCode"]);
        full["properties"]!["startsAt"]!["format"]!.GetValue<string>().ShouldBe("date-time");
        full["properties"]!["id"]!["format"]!.GetValue<string>().ShouldBe("uuid");
        full["properties"]!["title"]!["required"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["fr"]);
        EventTypeSchemas.DataOf(EventTypes.Find(EventTypes.RegistrationConfirmed)!)["properties"]!["memberId"]!["description"]!.GetValue<string>().ShouldContain("toldOf members");
    }

    [Fact]
    public void A_time_in_milliseconds_has_64_bits_in_the_schema_and_a_count_of_changes_does_not_say_so()
    {
        foreach (var type in EventTypes.Catalogue.Where(t => t.Name.StartsWith("lease.", StringComparison.Ordinal) || t.Name.StartsWith("panel.", StringComparison.Ordinal)))
        {
            EventTypeSchemas.DataOf(type)["properties"]!["version"]!["format"]!.GetValue<string>().ShouldBe("int64", type.Name);
        }

        EventTypeSchemas.DataOf(EventTypes.Find(EventTypes.MemberJoined)!)["properties"]!["version"]!["format"].ShouldBeNull();
    }

    [Fact]
    public async Task The_contract_says_64_bits_too()
    {
        using var nobody = mila.Anonymous();
        using var contract = JsonDocument.Parse(await nobody.GetStringAsync("/openapi/v1.json"));
        var version = Versions(contract.RootElement.GetProperty("components").GetProperty("schemas").GetProperty("WebhookLeaseStarted")).ToArray();
        version.ShouldNotBeEmpty();
        version.ShouldAllBe(v => v.Text("format") == "int64" && v.GetProperty("maximum").GetDecimal() > int.MaxValue);

        static IEnumerable<JsonElement> Versions(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == "version" && p.Value.ValueKind == JsonValueKind.Object && p.Value.TryGetProperty("type", out _) ? [p.Value] : Versions(p.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Versions),
            _ => [],
        };
    }

    [Fact]
    public void What_all_messages_say_is_described_in_each_and_of_an_address_it_is_said_who_reads_there()
    {
        foreach (var type in EventTypes.Catalogue)
        {
            var data = EventTypeSchemas.DataOf(type);
            foreach (var form in data["anyOf"]?.AsArray().Select(f => f!) ?? [data])
            {
                var properties = form["properties"]!.AsObject();
                foreach (var name in ((string[])["id", "url", "version", "changed", "slug", "status"]).Where(properties.ContainsKey)) properties[name]!["description"].ShouldNotBeNull($"{type.Name}: {name}");
                properties["url"]!["description"]!.GetValue<string>().ShouldMatch(":read|anybody", type.Name);
                if (type.Name != EventTypes.Test) properties.ContainsKey("changed").ShouldBeTrue(type.Name);
            }
        }
    }

    [Fact]
    public void Each_type_reaches_whom_it_should() =>
        EventTypes.Catalogue.ToDictionary(t => t.Name, t => t.Reach).ShouldBe(new Dictionary<string, Reach>
        {
            ["event.published"] = Reach.Everybody,
            ["event.changed"] = Reach.Everybody,
            ["event.moved"] = Reach.Everybody,
            ["event.cancelled"] = Reach.Everybody,
            ["event.unpublished"] = Reach.Everybody,
            ["event.held"] = Reach.Everybody,
            ["registration.confirmed"] = Reach.Concerned,
            ["registration.waitlisted"] = Reach.Concerned,
            ["registration.offered"] = Reach.Concerned,
            ["registration.declined"] = Reach.Concerned,
            ["registration.expired"] = Reach.Concerned,
            ["registration.cancelled"] = Reach.Concerned,
            ["registration.attended"] = Reach.Concerned,
            ["registration.missed"] = Reach.Concerned,
            ["member.joined"] = Reach.ToldOfMembers,
            ["member.changed"] = Reach.ToldOfMembers,
            ["member.suspended"] = Reach.ToldOfMembers,
            ["member.reinstated"] = Reach.ToldOfMembers,
            ["member.left"] = Reach.ToldOfMembers,
            ["lease.started"] = Reach.ToldOfLeases,
            ["lease.renewed"] = Reach.ToldOfLeases,
            ["lease.ended"] = Reach.ToldOfLeases,
            ["panel.installed"] = Reach.Everybody,
            ["panel.retired"] = Reach.Everybody,
            ["partner.registered"] = Reach.Concerned,
            ["partner.changed"] = Reach.Concerned,
            ["call.opened"] = Reach.Everybody,
            ["call.closed"] = Reach.Everybody,
            ["selection.announced"] = Reach.Everybody,
            ["selection.changed"] = Reach.Everybody,
            ["agreement.signed"] = Reach.Concerned,
            ["agreement.changed"] = Reach.Concerned,
            ["agreement.ended"] = Reach.Concerned,
            ["webhook.test"] = Reach.Concerned,
        });

    [Fact]
    public void A_tombstone_is_of_what_is_gone_and_a_cancelled_event_stays_to_be_seen() =>
        EventTypes.Catalogue.Where(t => t.IsTombstone).Select(t => t.Name).ShouldBe(
            ["event.unpublished", "registration.declined", "registration.expired", "registration.cancelled", "member.left", "lease.ended", "panel.retired", "agreement.ended"]);

    [Fact]
    public async Task An_unknown_type_is_refused_and_a_key_is_needed()
    {
        using var admin = mila.Admin();
        await admin.GetAsync("/v1/event-types/event.imagined").ShouldRefuseAsync(HttpStatusCode.NotFound, "event-type-unknown");
        using var nobody = mila.Anonymous();
        await nobody.GetAsync("/v1/event-types").ShouldRefuseAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }
}
