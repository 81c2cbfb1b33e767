using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Tests.Webhooks.Delivery;
using Mila.Partners.Webhooks.Delivery;
using Mila.Testing.App;
using Npgsql;

namespace Mila.Partners.Tests.Webhooks.Messages;

public sealed class ResendAndRecoverTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_message_that_arrived_is_sent_again_with_the_same_id_and_bytes()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var endpoint = await OpenAsync(admin, receiver.Url);
        var message = (await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/test")).Text("messageId");
        await DrainAsync();

        (await admin.MakeAsync($"/v1/webhook-messages/{message}/resend", new { endpointId = endpoint })).Text("messageId").ShouldBe(message);
        await DrainAsync();

        receiver.Requests.Count.ShouldBe(2);
        receiver.Requests.ShouldAllBe(r => r.Contains($"webhook-id: {message}", StringComparison.OrdinalIgnoreCase));
        BodyOf(receiver.Requests[1]).ShouldBe(BodyOf(receiver.Requests[0]));
    }

    [Fact]
    public async Task Many_that_ask_at_once_have_it_sent_once()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var endpoint = await OpenAsync(admin, receiver.Url);
        var message = (await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/test")).Text("messageId");
        await DrainAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => admin.MakeAsync($"/v1/webhook-messages/{message}/resend", new { endpointId = endpoint })));
        await DrainAsync();

        receiver.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_recovery_sends_what_failed_and_what_happened_while_the_endpoint_was_disabled_and_nothing_else()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        var endpoint = await OpenAsync(admin, receiver.Url, "partner.registered");
        var since = mila.Clock.GetUtcNow();
        await RegisterAsync(admin, "arrived");
        await DrainAsync();
        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { enabled = false })).EnsureSuccessStatusCode();
        await RegisterAsync(admin, "missed");
        await DrainAsync();
        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { enabled = true })).EnsureSuccessStatusCode();
        await using (var broken = EvilReceiver.Saying("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"))
        {
            (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { url = broken.Url.AbsoluteUri })).EnsureSuccessStatusCode();
            await RegisterAsync(admin, "failed");
            await DrainAsync();
            await ExhaustAsync();
        }

        receiver.Requests.Count.ShouldBe(1);
        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { url = receiver.Url.AbsoluteUri })).EnsureSuccessStatusCode();
        var recovery = await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/recovery", new { since });
        (recovery.GetProperty("messages").GetInt32(), recovery.GetProperty("complete").GetBoolean()).ShouldBe((2, true));
        await DrainAsync();

        receiver.Requests.Count.ShouldBe(3);
        (await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/recovery", new { since })).GetProperty("messages").GetInt32().ShouldBe(0);
        var statistics = await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}/statistics");
        (statistics.GetProperty("succeeded").GetInt64(), statistics.GetProperty("waiting").GetInt64(), statistics.GetProperty("failed").GetInt64()).ShouldBe((3, 0, 0));
        statistics.GetProperty("outcomes").GetProperty("refused").GetInt64().ShouldBe(10);
    }

    [Fact]
    public async Task A_recovery_sends_what_failed_whatever_types_are_asked_for_by_now()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        var since = mila.Clock.GetUtcNow();
        Guid endpoint;
        await using (var broken = EvilReceiver.Saying("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"))
        {
            endpoint = await OpenAsync(admin, broken.Url, "partner.registered");
            await RegisterAsync(admin, "asked-then");
            await DrainAsync();
            await ExhaustAsync();
        }

        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { url = receiver.Url.AbsoluteUri, eventTypes = new[] { "event.*" } })).EnsureSuccessStatusCode();
        await RegisterAsync(admin, "not-asked-now");
        await DrainAsync();

        (await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/recovery", new { since })).GetProperty("messages").GetInt32().ShouldBe(1);
        await DrainAsync();
        receiver.Requests.ShouldHaveSingleItem().ShouldContain("partner.registered");
    }

    [Fact]
    public async Task A_recovery_sends_at_once_what_waits_for_its_retry_and_once()
    {
        var status = "503 Down";
        await using var receiver = new EvilReceiver((stream, ct) => stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"), ct).AsTask());
        using var admin = mila.Admin();
        await DrainAsync();
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        var endpoint = await OpenAsync(admin, receiver.Url, "partner.registered");
        await RegisterAsync(admin, "before-since");
        await DrainAsync();
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        var since = mila.Clock.GetUtcNow();
        string[] codes = ["waits-one", "waits-two", "waits-three"];
        foreach (var code in codes) await RegisterAsync(admin, code);
        for (var hour = 0; hour < 24; hour++)
        {
            await DrainAsync();
            mila.Clock.Advance(TimeSpan.FromHours(1));
        }

        // Whatever is due by now is tried in vain too: all of it waits for later.
        await DrainAsync();
        var tried = receiver.Requests.Count;
        status = "204 No Content";
        await DrainAsync();
        receiver.Requests.Count.ShouldBe(tried);

        var recovery = await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/recovery", new { since });
        (recovery.GetProperty("messages").GetInt32(), recovery.GetProperty("complete").GetBoolean()).ShouldBe((3, true));
        await DrainAsync();

        receiver.Requests.Skip(tried).Select(IdOf).Distinct().Count().ShouldBe(3);
        receiver.Requests.Count.ShouldBe(tried + 3);
        (await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}/statistics")).GetProperty("waiting").GetInt64().ShouldBe(1);
        (await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/recovery", new { since })).GetProperty("messages").GetInt32().ShouldBe(0);
        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { enabled = false })).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task What_is_claimed_or_sent_while_a_recovery_looks_is_not_sent_twice()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        var endpoint = await OpenAsync(admin, receiver.Url);
        await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/test");

        // A turn holds the row at this moment, and will have sent it: the recovery neither waits for it nor queues it anew.
        await using (var connection = new NpgsqlConnection(mila.ConnectionString))
        {
            await connection.OpenAsync();
            await using var turn = await connection.BeginTransactionAsync();
            await using (var sent = new NpgsqlCommand($"delete from partners.webhook_deliveries where endpoint_id = '{endpoint}'", connection)) (await sent.ExecuteNonQueryAsync()).ShouldBe(1);
            (await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/recovery", new { since = mila.Clock.GetUtcNow() })).GetProperty("messages").GetInt32().ShouldBe(0);
            await turn.CommitAsync();
        }

        await DrainAsync();
        receiver.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recovery_leaves_what_is_under_way_as_it_is()
    {
        var answer = new TaskCompletionSource();
        await using var receiver = new EvilReceiver(async (stream, ct) =>
        {
            await answer.Task.WaitAsync(ct);
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), ct);
        });
        using var admin = mila.Admin();
        mila.Clock.Advance(TimeSpan.FromMinutes(1));
        var endpoint = await OpenAsync(admin, receiver.Url);
        await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/test");
        var draining = mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
        await receiver.Arrived;

        (await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/recovery", new { since = mila.Clock.GetUtcNow().AddMinutes(-1) })).GetProperty("messages").GetInt32().ShouldBe(0);
        answer.SetResult();
        await draining;
        await DrainAsync();

        receiver.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Each_refusal_has_its_code()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var endpoint = await OpenAsync(admin, receiver.Url);
        var recovery = $"/v1/webhook-endpoints/{endpoint}/recovery";
        var message = (await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/test")).Text("messageId");
        var now = mila.Clock.GetUtcNow();

        await admin.PostAsJsonAsync("/v1/webhook-messages/msg_none/resend", new { endpointId = endpoint }).ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-message-unknown");
        await admin.PostAsJsonAsync($"/v1/webhook-messages/{message}/resend", new { endpointId = Guid.CreateVersion7() }).ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-endpoint-unknown");
        await admin.PostAsJsonAsync($"/v1/webhook-messages/{message}/resend", new { }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await admin.PostAsJsonAsync(recovery, new { since = now.AddDays(-31) }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "webhook-recovery-out-of-reach");
        await admin.PostAsJsonAsync(recovery, new { since = now.AddMinutes(1) }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "webhook-recovery-out-of-reach");
        await admin.GetAsync($"/v1/webhook-endpoints/{Guid.Empty}/statistics").ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-endpoint-unknown");

        var other = await admin.MakeAsync("/v1/partners", new { code = "stranger", name = "Stranger", kind = "network" });
        using var stranger = await mila.KeyAsync(other.Id(), "partners:read", "partners:write");
        var theirs = (await stranger.MakeAsync("/v1/webhook-endpoints", new { url = receiver.Url.AbsoluteUri })).Id();
        await stranger.PostAsJsonAsync(recovery, new { since = now }).ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-endpoint-unknown");
        await stranger.PostAsJsonAsync($"/v1/webhook-messages/{message}/resend", new { endpointId = endpoint }).ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-endpoint-unknown");
        await stranger.PostAsJsonAsync($"/v1/webhook-messages/{message}/resend", new { endpointId = theirs }).ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-message-unknown");
        // It wants everything, and the port of its receiver may be another's in the next test.
        (await stranger.PatchAsync($"/v1/webhook-endpoints/{theirs}", new { enabled = false })).EnsureSuccessStatusCode();

        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { enabled = false })).EnsureSuccessStatusCode();
        await admin.PostAsJsonAsync(recovery, new { since = now }).ShouldRefuseAsync(HttpStatusCode.Conflict, "webhook-endpoint-disabled");
        await admin.PostAsJsonAsync($"/v1/webhook-messages/{message}/resend", new { endpointId = endpoint }).ShouldRefuseAsync(HttpStatusCode.Conflict, "webhook-endpoint-disabled");
    }

    private static async Task<Guid> OpenAsync(HttpClient admin, Uri url, string type = "panel.retired") => (await admin.MakeAsync("/v1/webhook-endpoints", new { url = url.AbsoluteUri, eventTypes = new[] { type } })).Id();

    private static Task RegisterAsync(HttpClient admin, string code) => admin.MakeAsync("/v1/partners", new { code, name = code, kind = "network" });

    /// <summary>All ten attempts, over four days.</summary>
    private async Task ExhaustAsync()
    {
        for (var hour = 0; hour < 90; hour++)
        {
            mila.Clock.Advance(TimeSpan.FromHours(1));
            await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
        }
    }

    private async Task DrainAsync()
    {
        await mila.DrainAsync();
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
    }

    private static string IdOf(string request) => request.Split("\r\n").Single(l => l.StartsWith("webhook-id: ", StringComparison.OrdinalIgnoreCase));

    private static string BodyOf(string request) => request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
}
