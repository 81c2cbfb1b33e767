using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Tests.Webhooks.Changes;
using Mila.Partners.Tests.Webhooks.Delivery;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Endpoints;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Messages;

public sealed class WeekOfSilenceTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_partner_that_was_down_for_a_week_catches_up_by_recovery_or_by_reading_and_by_each_has_everything_once()
    {
        var status = "503 Down";
        await using var receiver = new EvilReceiver((stream, ct) => stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"), ct).AsTask());
        using var admin = mila.Admin();
        var owner = (await admin.MakeAsync("/v1/partners", new { code = "down", name = "Down", kind = "network", contactEmail = "down@partner.example" })).Id();
        using var partner = await mila.KeyAsync(owner, "partners:read", "partners:write");
        await mila.DrainAsync();
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        var endpoint = $"/v1/webhook-endpoints/{(await partner.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "partner.changed" } })).Id()}";
        (await partner.ChangesAsync($"resourceId={owner}", 1)).Length.ShouldBe(1);
        var cursor = (await partner.ReadAsync("/v1/changes?type=partner.changed")).Text("cursor");
        var since = mila.Clock.GetUtcNow();

        var (pump, care) = (mila.Services.GetRequiredService<DeliveryPump>(), mila.Services.GetRequiredService<EndpointCare>());
        for (var day = 1; day <= 7; day++)
        {
            (await admin.PatchAsync($"/v1/partners/{owner}", new { since = 2010 + day })).EnsureSuccessStatusCode();
            await mila.DrainAsync();
            for (var hour = 0; hour < 24; hour += 6)
            {
                await pump.DrainAsync(default);
                await care.ReviewAsync(default);
                mila.Clock.Advance(TimeSpan.FromHours(6));
            }
        }

        (await partner.ReadAsync(endpoint)).Text("disabledBecause").ShouldBe("failing");
        var before = receiver.Requests.Count;
        status = "204 No Content";
        (await partner.PatchAsync(endpoint, new { enabled = true })).EnsureSuccessStatusCode();
        await partner.MakeAsync($"{endpoint}/recovery", new { since });
        await pump.DrainAsync(default);

        string[] read = [.. (await partner.ChangesAsync($"type=partner.changed&after={Uri.EscapeDataString(cursor)}", 7)).Select(c => c.Text("id"))];
        read.Length.ShouldBe(7);
        receiver.Requests.Skip(before).Select(r => r.Split("\r\n").Single(l => l.StartsWith("webhook-id: ", StringComparison.Ordinal))["webhook-id: ".Length..]).ShouldBe(read, ignoreOrder: true);
    }
}
