using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mila.Partners.Tests.Webhooks.Delivery;
using Mila.Partners.Webhooks;
using Mila.Partners.Webhooks.Delivery;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Schedule;

/// <summary>The plan of API.md W5 as a receiver sees it, on a clock that is turned by hand, by hosts of which each lives for one attempt only.</summary>
public sealed class ScheduleFidelityTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly TimeSpan[] s_pauses =
        [new(0, 0, 5), new(0, 5, 0), new(0, 30, 0), new(2, 0, 0), new(5, 0, 0), new(10, 0, 0), new(14, 0, 0), new(20, 0, 0), new(24, 0, 0)];

    [Fact]
    public async Task Each_of_ten_attempts_is_made_at_its_time_and_not_before_whatever_hosts_come_and_go()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        var endpoint = await TestedAsync(receiver.Url);
        await NewHostTurnsAsync();
        receiver.Requests.Count.ShouldBe(1);

        for (var made = 1; made <= s_pauses.Length; made++)
        {
            var (failed, due) = (mila.Clock.GetUtcNow(), await DueAsync(endpoint));
            (due - failed).ShouldBeGreaterThanOrEqualTo(s_pauses[made - 1]);
            (due - failed).ShouldBeLessThanOrEqualTo((s_pauses[made - 1] * 1.1) + TimeSpan.FromMilliseconds(1));

            mila.Clock.Advance(due - failed - TimeSpan.FromMilliseconds(1));
            await NewHostTurnsAsync();
            receiver.Requests.Count.ShouldBe(made);
            mila.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await NewHostTurnsAsync();
            receiver.Requests.Count.ShouldBe(made + 1);
            receiver.Requests[^1].ShouldContain(string.Create(CultureInfo.InvariantCulture, $"webhook-timestamp: {due.ToUnixTimeSeconds()}\r\n"));
        }

        mila.Clock.Advance(TimeSpan.FromDays(30));
        await NewHostTurnsAsync();
        receiver.Requests.Count.ShouldBe(10);
        receiver.Requests.Select(r => r.Split("\r\n").Single(l => l.StartsWith("webhook-id: ", StringComparison.Ordinal))).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task After_a_timeout_a_minute_passes_at_least()
    {
        await using var receiver = new EvilReceiver((_, ct) => Task.Delay(Timeout.Infinite, ct));
        var endpoint = await TestedAsync(receiver.Url);
        await using var host = NewHost();
        host.Ring();
        await host.TurnAsync(default);
        await receiver.Arrived;
        mila.Clock.Advance(WebhookSender.Within);
        await host.DrainAsync(default);

        (await DueAsync(endpoint) - mila.Clock.GetUtcNow()).TotalSeconds.ShouldBeInRange(60, 66.001);
    }

    private async Task<Guid> TestedAsync(Uri url)
    {
        using var admin = mila.Admin();
        var endpoint = (await admin.MakeAsync("/v1/webhook-endpoints", new { url = url.AbsoluteUri, eventTypes = new[] { "panel.retired" } })).Id();
        await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/test");
        return endpoint;
    }

    /// <summary>A host starts, delivers what is due, and stops: nothing of it is left but what stands in the database.</summary>
    private async Task NewHostTurnsAsync()
    {
        await using var host = NewHost();
        await host.DrainAsync(default);
    }

    private DeliveryPump NewHost() => ActivatorUtilities.CreateInstance<DeliveryPump>(mila.Services, ActivatorUtilities.CreateInstance<Destinations>(mila.Services), Options.Create(new WebhookOptions()));

    private async Task<DateTimeOffset> DueAsync(Guid endpoint) =>
        new((DateTime)(await mila.SqlAsync($"select due_at from partners.webhook_deliveries where endpoint_id = '{endpoint}' and state = 0"))!);
}
