using System.Diagnostics;
using System.Text.Json;
using Mila.Partners.Webhooks.Signing;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Partners.Tests.Webhooks.Delivery;

public sealed class WebhookStoryTests(WebhookStoryTests.LiveMila mila) : IClassFixture<WebhookStoryTests.LiveMila>
{
    [Fact]
    public async Task A_published_event_reaches_the_partner_signed()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var partner = await admin.MakeAsync("/v1/partners", new { code = "map", name = "MAP", kind = "network", reciprocity = true });
        using var map = await mila.KeyAsync(partner.Id(), "partners:read", "partners:write");
        var endpoint = await map.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "event.*" } });
        var secret = (await map.ReadAsync($"/v1/webhook-endpoints/{endpoint.Id()}/secret")).Text("secret");
        await admin.MakeAsync("/v1/programmes", new { code = "club-mila", label = "Club MILA" });
        var planned = await admin.MakeAsync("/v1/events", new { programme = "club-mila", title = new { fr = "Rencontre" }, month = "2027-03" });

        var clock = Stopwatch.StartNew();
        await admin.MakeAsync($"/v1/events/{planned.Id()}/publication");
        await receiver.Arrived.WaitAsync(TimeSpan.FromSeconds(20));
        TestContext.Current.TestOutputHelper?.WriteLine($"{clock.ElapsedMilliseconds} ms");

        var lines = receiver.Requests[0].Split("\r\n");
        var header = lines.Where(l => l.StartsWith("webhook-", StringComparison.Ordinal)).ToDictionary(l => l.Split(": ")[0], l => l.Split(": ")[1]);
        var body = receiver.Requests[0][(receiver.Requests[0].IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        WebhookKey.Parse(secret)!.Verifies(header["webhook-id"], long.Parse(header["webhook-timestamp"], null), System.Text.Encoding.UTF8.GetBytes(body), header["webhook-signature"]).ShouldBeTrue();
        var message = JsonDocument.Parse(body).RootElement;
        message.GetProperty("type").GetString().ShouldBe("event.published");
        message.GetProperty("data").GetProperty("id").GetString().ShouldBe(planned.GetProperty("id").GetString());
        message.GetProperty("data").GetProperty("version").GetInt32().ShouldBe(2);
    }

    public sealed class LiveMila(TestPostgres postgres) : TestMila(postgres)
    {
        protected override IEnumerable<KeyValuePair<string, string?>> Settings => [new("Webhooks:AllowedNetworks", "127.0.0.0/8")];

        protected override TimeProvider Time => TimeProvider.System;
    }
}
