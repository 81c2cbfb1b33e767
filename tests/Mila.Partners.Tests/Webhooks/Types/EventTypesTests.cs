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
        full["required"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["id", "slug", "programme", "title", "status", "audience", "coHosts", "version", "updatedAt"]);
        full["properties"]!["startsAt"]!["format"]!.GetValue<string>().ShouldBe("date-time");
        full["properties"]!["id"]!["format"]!.GetValue<string>().ShouldBe("uuid");
        full["properties"]!["title"]!["required"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["fr"]);
    }

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
