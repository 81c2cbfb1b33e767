using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Tests.Webhooks.Delivery;
using Mila.Partners.Webhooks.Delivery;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Messages;

/// <summary>Messages are kept longer than the attempts to deliver them: whom one was for is known as long as it is.</summary>
public sealed class ForgottenAttemptsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_partner_sees_after_forty_days_what_arrived_and_has_it_sent_again_and_another_does_not()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var (partner, own) = await OpenAsync(admin, receiver, "owner");
        var (stranger, theirs) = await OpenAsync(admin, receiver, "stranger");
        using var _ = partner;
        using var __ = stranger;
        var message = (await partner.MakeAsync($"/v1/webhook-endpoints/{own}/test")).Text("messageId");
        await DrainAsync();

        mila.Clock.Advance(TimeSpan.FromDays(40));
        await mila.Services.GetRequiredService<WebhookRetention>().ForgetAsync(default);

        (await SeenAsync(partner)).ShouldBe([message]);
        (await SeenAsync(stranger)).ShouldBeEmpty();
        (await partner.ReadAsync($"/v1/webhook-messages/{message}/attempts")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await stranger.AskAsync($"/v1/webhook-messages/{message}/attempts")).ShouldRefuse(404, "webhook-message-unknown");
        (await stranger.TellAsync($"/v1/webhook-messages/{message}/resend", new { endpointId = theirs })).ShouldRefuse(404, "webhook-message-unknown");
        (await partner.TellAsync($"/v1/webhook-messages/{message}/resend", new { endpointId = own })).Expect(202);
        await DrainAsync();
        receiver.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_sent_again_to_another_endpoint_was_for_that_one_too()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var (partner, own) = await OpenAsync(admin, receiver, "again");
        using var _ = partner;
        var elsewhere = (await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "panel.retired" } })).Id();
        await mila.TellAsync(new Mila.Signage.Contracts.PanelRetired(Guid.CreateVersion7(), "RUE-01", null, "ABCD", mila.Clock.GetUtcNow()));
        var message = (await admin.ReadAsync("/v1/webhook-messages?type=panel.retired")).GetProperty("items")[0].Text("id");
        (await SeenAsync(partner)).ShouldBeEmpty();

        await admin.MakeAsync($"/v1/webhook-messages/{message}/resend", new { endpointId = own });
        await admin.MakeAsync($"/v1/webhook-messages/{message}/resend", new { endpointId = own });

        (await SeenAsync(partner)).ShouldBe([message]);
        (await mila.SqlAsync($"select told = array['{elsewhere}', '{own}']::uuid[] from partners.webhook_messages where id = '{message}'")).ShouldBe(true);
    }

    [Fact]
    public async Task Of_messages_from_before_it_was_noted_deliveries_and_attempts_say_it()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var (partner, own) = await OpenAsync(admin, receiver, "older");
        using var _ = partner;
        var arrived = (await partner.MakeAsync($"/v1/webhook-endpoints/{own}/test")).Text("messageId");
        await DrainAsync();
        var waiting = (await partner.MakeAsync($"/v1/webhook-endpoints/{own}/test")).Text("messageId");
        await mila.SqlAsync("update partners.webhook_messages set told = null");
        (await SeenAsync(partner)).ShouldBeEmpty();

        await mila.SqlAsync(WebhookTables.Told);

        (await SeenAsync(partner)).ShouldBe([waiting, arrived]);
        await DrainAsync();
    }

    private static async Task<string[]> SeenAsync(HttpClient key) => [.. (await key.ReadAsync("/v1/webhook-messages")).GetProperty("items").EnumerateArray().Select(m => m.Text("id"))];

    /// <summary>An endpoint that wants what does not happen here.</summary>
    private async Task<(HttpClient Key, Guid Endpoint)> OpenAsync(HttpClient admin, EvilReceiver receiver, string code)
    {
        var key = await mila.KeyAsync((await admin.MakeAsync("/v1/partners", new { code, name = code, kind = "network" })).Id(), "partners:read", "partners:write");
        return (key, (await key.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "call.closed" } })).Id());
    }

    private async Task DrainAsync()
    {
        await mila.DrainAsync();
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
    }
}
