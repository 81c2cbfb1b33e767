using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Tests.Webhooks.Delivery;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Signing;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Endpoints;

public sealed class RotateWebhookSecretTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Both_secrets_sign_during_the_grace_the_new_one_first_and_then_only_the_new_one()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var path = await OpenAsync(admin, receiver.Url);
        var old = (await admin.ReadAsync($"{path}/secret")).Text("secret");

        var fresh = (await admin.MakeAsync($"{path}/secret/rotation", new { graceSeconds = 3600 })).Text("secret");
        fresh.ShouldNotBe(old);
        (await admin.ReadAsync($"{path}/secret")).Text("secret").ShouldBe(fresh);
        var during = await SentAsync(admin, path, receiver);
        during.Signatures.Length.ShouldBe(2);
        (Verifies(fresh, during, 0), Verifies(old, during, 1), Verifies(old, during, 0)).ShouldBe((true, true, false));

        mila.Clock.Advance(TimeSpan.FromSeconds(3601));
        var after = await SentAsync(admin, path, receiver);
        after.Signatures.Length.ShouldBe(1);
        Verifies(fresh, after, 0).ShouldBeTrue();
    }

    [Fact]
    public async Task A_receiver_may_bring_its_own_secret_and_no_grace()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var path = await OpenAsync(admin, receiver.Url);
        const string own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

        (await admin.MakeAsync($"{path}/secret/rotation", new { graceSeconds = 0, secret = own })).Text("secret").ShouldBe(own);
        var sent = await SentAsync(admin, path, receiver);
        sent.Signatures.Length.ShouldBe(1);
        Verifies(own, sent, 0).ShouldBeTrue();
    }

    [Fact]
    public async Task A_rotation_that_cannot_be_changes_nothing()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var path = await OpenAsync(admin, receiver.Url);
        for (var i = 0; i < 3; i++) await admin.MakeAsync($"{path}/secret/rotation");
        var current = (await admin.ReadAsync($"{path}/secret")).Text("secret");

        await admin.PostAsync($"{path}/secret/rotation", null).ShouldRefuseAsync(HttpStatusCode.Conflict, "webhook-rotated-too-often");
        await admin.PostAsJsonAsync($"{path}/secret/rotation", new { graceSeconds = 604_801 }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        foreach (var secret in new[] { "whsec_c2hvcnQ=", "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==", "secret" })
        {
            await admin.PostAsJsonAsync($"{path}/secret/rotation", new { secret }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "webhook-secret-refused");
        }

        await admin.PostAsync($"/v1/webhook-endpoints/{Guid.Empty}/secret/rotation", null).ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-endpoint-unknown");
        using var reader = await mila.KeyAsync(null, "partners:read");
        await reader.PostAsync($"{path}/secret/rotation", null).ShouldRefuseAsync(HttpStatusCode.Forbidden, "scope-missing");
        (await admin.ReadAsync($"{path}/secret")).Text("secret").ShouldBe(current);
    }

    [Fact]
    public async Task A_secret_that_got_about_is_revoked_at_once_however_many_sign()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var path = await OpenAsync(admin, receiver.Url);
        for (var i = 0; i < 3; i++) await admin.MakeAsync($"{path}/secret/rotation");
        (await SentAsync(admin, path, receiver)).Signatures.Length.ShouldBe(4);

        var fresh = (await admin.MakeAsync($"{path}/secret/rotation", new { graceSeconds = 0 })).Text("secret");
        var sent = await SentAsync(admin, path, receiver);
        sent.Signatures.Length.ShouldBe(1);
        Verifies(fresh, sent, 0).ShouldBeTrue();
    }

    [Fact]
    public async Task Rotation_under_load_loses_nothing()
    {
        var (answer, underWay) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var receiver = new EvilReceiver(async (stream, ct) =>
        {
            underWay.TrySetResult();
            await answer.Task.WaitAsync(ct);
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), ct);
        });
        using var admin = mila.Admin();
        var path = await OpenAsync(admin, receiver.Url);
        var secrets = new List<string> { (await admin.ReadAsync($"{path}/secret")).Text("secret") };
        var sent = new List<string>();
        var pump = mila.Services.GetRequiredService<DeliveryPump>();
        var start = mila.Clock.GetUtcNow().ToUnixTimeSeconds();
        for (var round = 0; round < 3; round++)
        {
            (answer, underWay) = (new TaskCompletionSource(), new TaskCompletionSource());
            sent.AddRange((await TestAsync()).Select(t => t.Text("messageId")));
            var sending = pump.DrainAsync(default);
            await underWay.Task;

            // Some wait for their answer, some are being written, and some for their turn.
            var more = TestAsync();
            secrets.Add((await admin.MakeAsync($"{path}/secret/rotation")).Text("secret"));
            mila.Clock.Advance(TimeSpan.FromSeconds(1));
            answer.SetResult();
            sent.AddRange((await more).Select(t => t.Text("messageId")));
            await sending;
            await pump.DrainAsync(default);
        }

        var received = receiver.Requests.Select(Sent.Of).ToArray();
        received.Select(r => r.Id).ShouldBe(sent, ignoreOrder: true);
        // The clock says which secret was current when it was signed.
        received.Select(r => r.Timestamp - start).Distinct().Order().ShouldBe([0, 1, 2, 3]);
        received.Where(r => !VerifiesAt((int)(r.Timestamp - start), r)).ShouldBeEmpty();

        bool VerifiesAt(int rotations, Sent r) => secrets.Take(rotations + 1).TakeLast(2).Any(s => Enumerable.Range(0, r.Signatures.Length).Any(n => Verifies(s, r, n)));

        Task<System.Text.Json.JsonElement[]> TestAsync() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.MakeAsync($"{path}/test")));
    }

    private static async Task<string> OpenAsync(HttpClient admin, Uri url) => $"/v1/webhook-endpoints/{(await admin.MakeAsync("/v1/webhook-endpoints", new { url = url.AbsoluteUri, eventTypes = new[] { "panel.retired" } })).Id()}";

    private async Task<Sent> SentAsync(HttpClient admin, string path, EvilReceiver receiver)
    {
        await admin.MakeAsync($"{path}/test");
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
        return Sent.Of(receiver.Requests[^1]);
    }

    private static bool Verifies(string secret, Sent sent, int signature) => WebhookKey.Parse(secret)!.Verifies(sent.Id, sent.Timestamp, Encoding.UTF8.GetBytes(sent.Body), sent.Signatures[signature]);

    private sealed record Sent(string Id, long Timestamp, string[] Signatures, string Body)
    {
        public static Sent Of(string request)
        {
            var lines = request.Split("\r\n");
            return new Sent(Header("webhook-id"), long.Parse(Header("webhook-timestamp"), System.Globalization.CultureInfo.InvariantCulture), Header("webhook-signature").Split(' '), request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);

            string Header(string name) => lines.Single(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];
        }
    }
}
