using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Tests.Webhooks.Delivery;
using Mila.Partners.Webhooks.Delivery;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Schedule;

/// <summary><c>Retry-After</c> in each form, as a receiver sends it. The clock stands still at 18:00.</summary>
public sealed class AskedForLaterTests(TestMila mila) : IClassFixture<TestMila>
{
    [Theory]
    [InlineData("503 No", "3600", 3600)]
    [InlineData("503 No", "1", 5)] // earlier than the plan: the plan
    [InlineData("503 No", "Mon, 09 Mar 2026 20:00:00 GMT", 7200)]
    [InlineData("503 No", "Monday, 09-Mar-26 20:00:00 GMT", 7200)]
    [InlineData("503 No", "Mon Mar  9 20:00:00 2026", 7200)]
    [InlineData("503 No", "Mon, 09 Mar 2026 17:00:00 GMT", 5)] // past
    [InlineData("503 No", "99999999999999999999", 86_400)]
    [InlineData("503 No", "Fri, 09 Mar 2029 20:00:00 GMT", 86_400)]
    [InlineData("503 No", "soon", 5)]
    [InlineData("503 No", "-1", 5)]
    [InlineData("503 No", "1\r\nRetry-After: 900", 900)] // of two the later
    [InlineData("429 Slow", "1", 60)]
    [InlineData("429 Slow", "soon", 60)]
    [InlineData("429 Slow", "600", 600)]
    [InlineData("301 Elsewhere", "120", 120)]
    [InlineData("404 Nothing", "120", 120)]
    public async Task What_a_receiver_asks_for_is_granted_where_it_is_later(string status, string retryAfter, int seconds)
    {
        await using var receiver = EvilReceiver.Saying($"HTTP/1.1 {status}\r\nRetry-After: {retryAfter}\r\nContent-Length: 0\r\n\r\n");
        using var admin = mila.Admin();
        var endpoint = (await admin.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "panel.retired" } })).Id();
        await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/test");
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);

        var pause = (new DateTimeOffset((DateTime)(await mila.SqlAsync($"select due_at from partners.webhook_deliveries where endpoint_id = '{endpoint}'"))!) - mila.Clock.GetUtcNow()).TotalSeconds;

        pause.ShouldBeInRange(seconds, seconds is 5 or 60 ? (seconds * 1.1) + 0.001 : seconds + 0.001);
    }
}
