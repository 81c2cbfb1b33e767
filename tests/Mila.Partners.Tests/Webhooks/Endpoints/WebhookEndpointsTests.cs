using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Tests.Webhooks.Delivery;
using Mila.Partners.Webhooks.Delivery;
using Mila.Testing.App;
using Npgsql;

namespace Mila.Partners.Tests.Webhooks.Endpoints;

public sealed class WebhookEndpointsTests(TestMila mila) : IClassFixture<TestMila>
{
    private const string Path = "/v1/webhook-endpoints";

    [Theory]
    [InlineData("v1", "whsec_")]
    [InlineData("v1a", "whpk_")]
    public async Task An_endpoint_shows_its_secret_at_one_address_only(string algorithm, string prefix)
    {
        using var admin = mila.Admin();
        var made = await admin.MakeAsync(Path, new { url = "https://partner.example/hooks", eventTypes = new[] { "event.published", "member.*" }, algorithm });

        var secret = (await admin.ReadAsync($"{Path}/{made.Id()}/secret")).Text("secret");
        secret.ShouldStartWith(prefix);
        made.ToString().ShouldNotContain("secret");
        (await admin.ReadAsync(Path)).ToString().ShouldNotContain(secret);
        await using var database = NpgsqlDataSource.Create(mila.ConnectionString);
        await using var command = database.CreateCommand("select data::text from partners.mt_doc_webhookendpoint where id = $1");
        command.Parameters.Add(new() { Value = made.Id() });
        ((string)(await command.ExecuteScalarAsync())!).ShouldNotContain("whs");
    }

    [Fact]
    public async Task An_endpoint_is_changed_and_closed()
    {
        using var admin = mila.Admin();
        var path = $"{Path}/{(await admin.MakeAsync(Path, new { url = "https://partner.example/hooks" })).Id()}";

        (await admin.PatchAsync(path, new { enabled = false, channels = new[] { "programme:club-mila" }, payload = "full" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.ReadAsync(path)).GetProperty("enabled").GetBoolean().ShouldBeFalse();
        await admin.DeleteAsync(path).ShouldRefuseAsync((HttpStatusCode)428, "if-match-needed");
        using var close = new HttpRequestMessage(HttpMethod.Delete, path);
        close.Headers.TryAddWithoutValidation("If-Match", await admin.TagAsync(path));
        (await admin.SendAsync(close)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await admin.GetAsync(path).ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-endpoint-unknown");
    }

    [Fact]
    public async Task Each_refusal_has_its_code()
    {
        using var admin = mila.Admin();
        var paused = await admin.MakeAsync(Path, new { url = "https://partner.example/hooks", enabled = false });
        var path = $"{Path}/{paused.Id()}";

        foreach (var url in new[] { "http://partner.example:22/x#y", "https://10.0.0.1/", "https://169.254.169.254/", "https://user@partner.example/" })
        {
            await admin.PostAsJsonAsync(Path, new { url }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "webhook-url-refused");
        }

        await admin.PostAsJsonAsync(Path, new { url = "https://partner.example/", partnerId = Guid.CreateVersion7() }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "webhook-partner-unknown");
        await admin.PostAsJsonAsync(Path, new { url = "https://partner.example/", eventTypes = new[] { "event.imagined" } }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await admin.PostAsJsonAsync(Path, new { url = "https://partner.example/", algorithm = "v2" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await admin.PostAsJsonAsync(Path, new { address = "https://partner.example/" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await admin.PatchAsync(path, new { algorithm = "v1a" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "webhook-algorithm-fixed");
        await admin.PatchAsync(path, new { partnerId = Guid.CreateVersion7() }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "webhook-partner-fixed");
        await admin.PatchAsync(path, new { url = "https://127.1/" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "webhook-url-refused");
        await admin.PostAsync($"{path}/test", null).ShouldRefuseAsync(HttpStatusCode.Conflict, "webhook-endpoint-disabled");
        foreach (var missing in new[] { "", "/secret", "/attempts" }) await admin.GetAsync($"{Path}/{Guid.Empty}{missing}").ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-endpoint-unknown");
        await admin.GetAsync("/v1/webhook-messages/msg_none/attempts").ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-message-unknown");
        await admin.GetAsync("/v1/webhook-messages?limit=251").ShouldRefuseAsync(HttpStatusCode.BadRequest, "list-query-malformed");
        await admin.GetAsync("/v1/webhook-messages?after=x").ShouldRefuseAsync(HttpStatusCode.BadRequest, "list-query-malformed");
    }

    [Fact]
    public async Task A_partners_key_sees_its_own_endpoints_messages_and_attempts()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        using var admin = mila.Admin();
        var own = await admin.MakeAsync("/v1/partners", new { code = "own", name = "Own", kind = "network" });
        var other = await admin.MakeAsync("/v1/partners", new { code = "other", name = "Other", kind = "network" });
        using var partner = await mila.KeyAsync(own.Id(), "partners:read", "partners:write");
        var mine = await partner.MakeAsync(Path, new { url = receiver.Url.AbsoluteUri });
        mine.GetProperty("partnerId").GetGuid().ShouldBe(own.Id());
        var theirs = await admin.MakeAsync(Path, new { url = receiver.Url.AbsoluteUri, partnerId = other.Id() });
        var test = await partner.MakeAsync($"{Path}/{mine.Id()}/test");
        var hidden = await admin.MakeAsync($"{Path}/{theirs.Id()}/test");
        await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);

        await partner.PostAsJsonAsync(Path, new { url = receiver.Url.AbsoluteUri, partnerId = other.Id() }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "webhook-partner-unknown");
        foreach (var path in new[] { "", "/secret", "/attempts" }) await partner.GetAsync($"{Path}/{theirs.Id()}{path}").ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-endpoint-unknown");
        await partner.PostAsync($"{Path}/{theirs.Id()}/test", null).ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-endpoint-unknown");
        await partner.GetAsync($"/v1/webhook-messages/{hidden.Text("messageId")}/attempts").ShouldRefuseAsync(HttpStatusCode.NotFound, "webhook-message-unknown");
        (await partner.ReadAsync(Path)).GetProperty("items").EnumerateArray().Select(Calls.Id).ShouldBe([mine.Id()]);
        (await partner.ReadAsync("/v1/webhook-messages")).GetProperty("items").EnumerateArray().Select(m => m.Text("id")).ShouldBe([test.Text("messageId")]);
        var attempt = (await partner.ReadAsync($"/v1/webhook-messages/{test.Text("messageId")}/attempts")).GetProperty("items")[0];
        (attempt.Text("outcome"), attempt.GetProperty("status").GetInt32(), attempt.GetProperty("number").GetInt32()).ShouldBe(("succeeded", 204, 1));
    }

    [Fact]
    public async Task Attempts_are_paged_newest_first()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        using var admin = mila.Admin();
        var endpoint = await admin.MakeAsync(Path, new { url = receiver.Url.AbsoluteUri });
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await admin.MakeAsync($"{Path}/{endpoint.Id()}/test")).Text("messageId"));
            await mila.Services.GetRequiredService<DeliveryPump>().DrainAsync(default);
        }

        var seen = new List<JsonElement>();
        string? next = $"{Path}/{endpoint.Id()}/attempts?limit=2";
        while (next is not null)
        {
            var page = await admin.ReadAsync(next);
            seen.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        }

        seen.Select(a => a.Text("messageId")).ShouldBe(ids.AsEnumerable().Reverse());
        seen.ShouldAllBe(a => a.Text("answer") == "ok");
    }
}
