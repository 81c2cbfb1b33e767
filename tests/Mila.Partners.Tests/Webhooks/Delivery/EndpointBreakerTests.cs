using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Webhooks.Announcements;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Delivery;

public sealed class EndpointBreakerTests(TestMila mila) : IClassFixture<TestMila>
{
    private const int Backlog = 200;

    [Fact]
    public async Task An_endpoint_that_refuses_everything_is_left_alone_and_tried_again_and_its_backlog_keeps_its_attempts()
    {
        var status = "503 No";
        await using var receiver = new EvilReceiver((stream, ct) => stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"), ct).AsTask());
        await using var well = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        var (endpoint, other) = (await OpenAsync(receiver.Url), await OpenAsync(well.Url));
        await SayAsync(Backlog, endpoint, other);
        var pump = mila.Services.GetRequiredService<DeliveryPump>();

        await pump.DrainAsync(default);
        var opened = receiver.Requests.Count;
        opened.ShouldBeInRange(EndpointBreaker.FailuresToOpen, EndpointBreaker.FailuresToOpen + 16);
        well.Requests.Count.ShouldBe(Backlog);
        (await UntriedAsync(endpoint)).ShouldBe(Backlog - opened);

        // One is tried after 5 s, after 10 more and after 20 more, and none in between.
        foreach (var (seconds, tried) in (ValueTuple<double, int>[])[(4.9, 0), (0.1, 1), (9.9, 1), (0.1, 2), (19.9, 2), (0.1, 3)])
        {
            mila.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await pump.DrainAsync(default);
            receiver.Requests.Count.ShouldBe(opened + tried);
        }

        status = "204 No Content";
        mila.Clock.Advance(TimeSpan.FromSeconds(40));
        await pump.DrainAsync(default);
        (await UntriedAsync(endpoint)).ShouldBe(0);
        mila.Clock.Advance(TimeSpan.FromMinutes(10));
        await pump.DrainAsync(default);
        receiver.Requests.Select(r => r.Split("\r\n").Single(l => l.StartsWith("webhook-id: ", StringComparison.Ordinal))).Distinct().Count().ShouldBe(Backlog);
        (await mila.SqlAsync($"select count(*) from partners.webhook_deliveries where endpoint_id = '{endpoint}'")).ShouldBe(0L);
    }

    [Fact]
    public async Task One_that_succeeds_now_and_then_is_not_cut_off()
    {
        var turn = 0;
        await using var receiver = new EvilReceiver((stream, ct) => stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 {(Interlocked.Increment(ref turn) % 10 == 1 ? "200 OK" : "500 Oops")}\r\nContent-Length: 0\r\n\r\n"), ct).AsTask());
        var endpoint = await OpenAsync(receiver.Url);
        await SayAsync(100, endpoint);

        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);

        receiver.Requests.Count.ShouldBe(100);
    }

    private async Task<Guid> OpenAsync(Uri url)
    {
        using var admin = mila.Admin();
        return (await admin.MakeAsync("/v1/webhook-endpoints", new { url = url.AbsoluteUri, eventTypes = new[] { "panel.retired" } })).Id();
    }

    private async Task SayAsync(int messages, params Guid[] endpoints)
    {
        await using var scope = mila.Services.CreateAsyncScope();
        var announcer = scope.ServiceProvider.GetRequiredService<Announcer>();
        for (var i = 0; i < messages; i++) announcer.Announce(new Announcement(EventTypes.Test, endpoints[0], mila.Clock.GetUtcNow(), new Trial(endpoints[0], "/")), endpoints);
        await scope.ServiceProvider.GetRequiredService<Marten.IDocumentSession>().SaveChangesAsync();
    }

    private async Task<long> UntriedAsync(Guid endpoint) => (long)(await mila.SqlAsync($"select count(*) from partners.webhook_deliveries where endpoint_id = '{endpoint}' and state = 0 and attempts = 0"))!;
}
