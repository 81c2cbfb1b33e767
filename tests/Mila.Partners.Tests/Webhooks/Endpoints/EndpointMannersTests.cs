using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Tests.Webhooks.Delivery;
using Mila.Partners.Webhooks.Delivery;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Endpoints;

public sealed class EndpointMannersTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task The_rate_of_an_endpoint_is_kept_and_nothing_is_lost_by_it()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var endpoint = (await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "panel.retired" }, ratePerSecond = 3 })).Id();
        for (var i = 0; i < 7; i++) await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/test");

        var seen = new List<int>();
        for (var second = 0; second < 3; second++)
        {
            await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
            seen.Add(receiver.Requests.Count);
            mila.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        seen.ShouldBe([3, 6, 7]);
    }

    [Fact]
    public async Task A_rate_that_was_taken_off_and_is_put_back_owes_nothing_for_the_time_without()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var path = $"/v1/webhook-endpoints/{(await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "panel.retired" }, ratePerSecond = 3 })).Id()}";
        await TestAsync(2, 2);
        (await admin.PatchAsync(path, new { ratePerSecond = (int?)null })).EnsureSuccessStatusCode();
        await TestAsync(30, 32);
        (await admin.PatchAsync(path, new { ratePerSecond = 3 })).EnsureSuccessStatusCode();
        await TestAsync(3, 35);

        // And it holds.
        await TestAsync(1, 35);

        async Task TestAsync(int more, int arrived)
        {
            for (var i = 0; i < more; i++) await admin.MakeAsync($"{path}/test");
            await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
            receiver.Requests.Count.ShouldBe(arrived);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_happened_to_one_resource_waits_for_what_happened_before_only_where_order_was_asked_for(bool ordered)
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        using var admin = mila.Admin();
        var endpoint = (await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "partner.*" }, ordered })).Id();
        var (one, two) = (await RegisterAsync(admin, $"one-{ordered}"), await RegisterAsync(admin, $"two-{ordered}"));
        (await admin.PatchAsync($"/v1/partners/{one}", new { note = "changed" })).EnsureSuccessStatusCode();
        await mila.DrainAsync();
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);

        receiver.Requests.Count(r => r.Contains(one.ToString(), StringComparison.Ordinal)).ShouldBe(ordered ? 1 : 2);
        receiver.Requests.Count(r => r.Contains(two.ToString(), StringComparison.Ordinal)).ShouldBe(1);
        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { enabled = false })).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Cloud_events_attributes_are_sent_to_who_asked_for_them()
    {
        await using var asked = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        await using var other = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        await admin.MakeAsync("/v1/webhook-endpoints", new { url = asked.Url.AbsoluteUri, eventTypes = new[] { "partner.registered" }, cloudEvents = true });
        await admin.MakeAsync("/v1/webhook-endpoints", new { url = other.Url.AbsoluteUri, eventTypes = new[] { "partner.registered" } });
        var partner = await RegisterAsync(admin, "clouds");
        await mila.DrainAsync();
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);

        var lines = asked.Requests.ShouldHaveSingleItem().Split("\r\n");
        var id = lines.Single(l => l.StartsWith("webhook-id: ", StringComparison.Ordinal))["webhook-id: ".Length..];
        lines.ShouldContain("ce-specversion: 1.0");
        lines.ShouldContain("ce-type: partner.registered");
        lines.ShouldContain($"ce-id: {id}");
        lines.ShouldContain($"ce-subject: {partner}");
        lines.ShouldContain(l => l.StartsWith("ce-source: ", StringComparison.Ordinal));
        lines.ShouldContain(l => l.StartsWith("ce-time: 20", StringComparison.Ordinal) && l.EndsWith('Z'));
        other.Requests.ShouldHaveSingleItem().ShouldNotContain("ce-");
    }

    [Fact]
    public async Task Manners_and_channels_have_a_shape()
    {
        using var admin = mila.Admin();
        foreach (object wrong in new object[] { new { ratePerSecond = 0 }, new { ratePerSecond = 1001 }, new { channels = new[] { "club-mila" } }, new { channels = new[] { "programme:Club" } }, new { channels = new[] { "member:x" } } })
        {
            var body = System.Text.Json.JsonSerializer.SerializeToNode(wrong)!.AsObject();
            body["url"] = "https://partner.example/hooks";
            await admin.PostAsJsonAsync("/v1/webhook-endpoints", body).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        }
    }

    [Fact]
    public async Task A_channel_of_a_partner_that_nobody_has_registered_is_refused_to_staff_and_tells_a_partner_nothing()
    {
        using var admin = mila.Admin();
        var partner = await RegisterAsync(admin, "heard");
        await mila.DrainAsync();
        object Body(params string[] channels) => new { url = "https://partner.example/hooks", channels };
        await admin.PostAsJsonAsync("/v1/webhook-endpoints", Body("partner:heard", "partner:hered")).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "webhook-channel-unknown");
        var path = $"/v1/webhook-endpoints/{(await admin.MakeAsync("/v1/webhook-endpoints", Body("partner:heard", "programme:not-yet"))).Id()}";
        await admin.PatchAsync(path, new { channels = new[] { "partner:hered" } }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "webhook-channel-unknown");

        // Which other partners there are is not a partner's business.
        using var key = await mila.KeyAsync(partner, "partners:read", "partners:write");
        (await key.PostAsJsonAsync("/v1/webhook-endpoints", Body("partner:hered"))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Messages_are_listed_by_types_and_resources_that_can_be()
    {
        using var admin = mila.Admin();
        foreach (var wrong in new[] { "type=foo.bar", "type=event.*", "resourceId=foo" }) await admin.GetAsync($"/v1/webhook-messages?{wrong}").ShouldRefuseAsync(HttpStatusCode.BadRequest, "list-query-malformed");
        (await admin.ReadAsync($"/v1/webhook-messages?type=webhook.test&resourceId={Guid.Empty}")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static async Task<Guid> RegisterAsync(HttpClient admin, string code) => (await admin.MakeAsync("/v1/partners", new { code = code.ToLowerInvariant(), name = code, kind = "network" })).Id();
}
