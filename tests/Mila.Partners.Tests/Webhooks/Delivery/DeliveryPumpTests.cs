using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mila.Partners.Webhooks;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Endpoints;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;
using Mila.Testing.App;
using Npgsql;

namespace Mila.Partners.Tests.Webhooks.Delivery;

public sealed class DeliveryPumpTests(TestMila mila) : IClassFixture<TestMila>
{
    private DeliveryPump Pump => mila.Services.GetRequiredService<DeliveryPump>();

    [Fact]
    public async Task A_failure_is_tried_again_at_its_time_with_the_same_id_and_bytes()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        var endpoint = await OpenAsync(receiver.Url);
        await SayAsync(endpoint, 1);

        await Pump.DrainAsync(default);
        await PassAsync(TimeSpan.FromSeconds(4.9));
        receiver.Requests.Count.ShouldBe(1);
        await PassAsync(TimeSpan.FromSeconds(0.7));
        receiver.Requests.Count.ShouldBe(2);

        string[][] lines = [receiver.Requests[0].Split("\r\n"), receiver.Requests[1].Split("\r\n")];
        Line(lines[1], "webhook-id").ShouldBe(Line(lines[0], "webhook-id"));
        lines[1][^1].ShouldBe(lines[0][^1]);
        Line(lines[1], "webhook-timestamp").ShouldNotBe(Line(lines[0], "webhook-timestamp"));
        Line(lines[1], "webhook-signature").ShouldNotBe(Line(lines[0], "webhook-signature"));
    }

    [Fact]
    public async Task After_ten_attempts_a_delivery_has_failed_and_waits_for_nobody()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        var endpoint = await OpenAsync(receiver.Url);
        await SayAsync(endpoint, 1);

        for (var hour = 0; hour < 90; hour++) await PassAsync(TimeSpan.FromHours(1));
        await PassAsync(TimeSpan.FromDays(3));

        receiver.Requests.Count.ShouldBe(10);
        (await ScalarAsync($"select count(*) from partners.webhook_deliveries where endpoint_id = '{endpoint}' and state = 1 and attempts = 10")).ShouldBe(1L);
    }

    [Fact]
    public async Task Gone_disables_at_once_and_the_partner_is_told()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");
        var (partner, endpoint) = await OpenWithPartnerAsync("gone", receiver.Url);
        await SayAsync(endpoint, 1);
        await Pump.DrainAsync(default);
        await SayAsync(endpoint, 1);
        await Pump.DrainAsync(default);

        using var admin = mila.Admin();
        var read = await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}");
        (read.GetProperty("enabled").GetBoolean(), read.Text("disabledBecause")).ShouldBe((false, "gone"));
        receiver.Requests.Count.ShouldBe(1);
        (await MailsAboutAsync(endpoint)).ShouldBe(["Votre webhook est désactivé"]);
        partner.ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task Five_days_of_nothing_but_failures_warn_three_times_and_then_disable()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        var (_, endpoint) = await OpenWithPartnerAsync("failing", receiver.Url);
        var care = mila.Services.GetRequiredService<EndpointCare>();
        await SayAsync(endpoint, 1);
        await Pump.DrainAsync(default);

        var mails = new List<int>();
        foreach (var hours in new[] { 20, 40, 59.9, 60.1, 83.9, 84.1, 107.9, 108.1, 119.9 })
        {
            await PassToAsync(hours);
            await care.ReviewAsync(default);
            await care.ReviewAsync(default);
            mails.Add((await MailsAboutAsync(endpoint)).Count);
        }

        mails.ShouldBe([0, 0, 0, 1, 1, 2, 2, 3, 3]);
        using var admin = mila.Admin();
        (await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}")).GetProperty("enabled").GetBoolean().ShouldBeTrue();
        await PassToAsync(120);
        await care.ReviewAsync(default);
        (await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}")).Text("disabledBecause").ShouldBe("failing");
        (await MailsAboutAsync(endpoint)).Count.ShouldBe(4);

        // Something is tried at each of these hours.
        async Task PassToAsync(double hours)
        {
            mila.Clock.Advance(_start + TimeSpan.FromHours(hours) - mila.Clock.GetUtcNow());
            await SayAsync(endpoint, 1);
            await Pump.DrainAsync(default);
        }
    }

    [Fact]
    public async Task Time_in_which_nothing_was_tried_is_held_against_no_endpoint()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        var (_, endpoint) = await OpenWithPartnerAsync("away", receiver.Url);
        var care = mila.Services.GetRequiredService<EndpointCare>();
        await SayAsync(endpoint, 1);
        await Pump.DrainAsync(default);

        // No host runs for six days. The first thing that the next one does is to look after its endpoints, and then it tries again.
        mila.Clock.Advance(TimeSpan.FromDays(6));
        await care.ReviewAsync(default);
        await Pump.DrainAsync(default);
        await care.ReviewAsync(default);

        receiver.Requests.Count.ShouldBe(2);
        using var admin = mila.Admin();
        (await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}")).GetProperty("enabled").GetBoolean().ShouldBeTrue();
        (await MailsAboutAsync(endpoint)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_enabled_again_starts_with_nothing_against_it()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        var (_, endpoint) = await OpenWithPartnerAsync("again", receiver.Url);
        await FailForAsync(endpoint, 119);
        using var admin = mila.Admin();
        foreach (var enabled in new[] { false, true }) (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { enabled })).EnsureSuccessStatusCode();
        await FailForAsync(endpoint, 2);
        await mila.Services.GetRequiredService<EndpointCare>().ReviewAsync(default);

        (await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}")).GetProperty("enabled").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_410_that_was_written_down_by_a_host_that_stopped_then_disables_all_the_same()
    {
        var (_, endpoint) = await OpenWithPartnerAsync("stopped", new Uri("http://127.0.0.1:9/"));
        await SayAsync(endpoint, 1);
        await using (var connection = await mila.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync())
        {
            var claim = (await DeliveryQueue.TurnAsync(connection, [], [new Room(endpoint, 1)], 931, mila.Clock.GetUtcNow(), default)).Claims.ShouldHaveSingleItem();
            var gone = new Attempted(Outcome.Gone, 410, [], null, false, mila.Clock.GetUtcNow(), TimeSpan.Zero);
            await DeliveryQueue.TurnAsync(connection, [new Written(claim.DeliveryId, 931, claim.MessageSeq, endpoint, 1, gone, null)], [], 931, mila.Clock.GetUtcNow(), default);
        }

        await mila.Services.GetRequiredService<EndpointCare>().ReviewAsync(default);
        using var admin = mila.Admin();
        (await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}")).Text("disabledBecause").ShouldBe("gone");
        (await MailsAboutAsync(endpoint)).ShouldBe(["Votre webhook est désactivé"]);
    }

    [Fact]
    public async Task One_success_forgives_everything()
    {
        var status = "503 No";
        await using var receiver = new EvilReceiver((stream, ct) => stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"), ct).AsTask());
        var endpoint = await OpenAsync(receiver.Url);
        await SayAsync(endpoint, 1);
        await Pump.DrainAsync(default);
        (await ScalarAsync($"select count(*) from partners.webhook_health where endpoint_id = '{endpoint}'")).ShouldBe(1L);

        status = "200 OK";
        await PassAsync(TimeSpan.FromSeconds(6));

        (await ScalarAsync($"select count(*) from partners.webhook_health where endpoint_id = '{endpoint}'")).ShouldBe(0L);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // the control: without room per endpoint, the hanging one takes it all
    public async Task One_that_hangs_costs_the_others_nothing(bool roomPerEndpoint)
    {
        var held = new TaskCompletionSource();
        await using var hanging = new EvilReceiver(async (stream, ct) =>
        {
            await held.Task.WaitAsync(ct);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), ct);
        });
        await using var quick = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var slow = await OpenAsync(hanging.Url);
        await SayAsync(slow, 40);
        await using var pump = NewPump(new WebhookOptions { InFlight = 16, InFlightPerEndpoint = roomPerEndpoint ? 4 : 16 });
        pump.Ring();
        await pump.TurnAsync(default);
        var fast = await OpenAsync(quick.Url);
        await SayAsync(fast, 100);

        pump.Ring();
        for (var turn = 0; turn < 2000 && quick.Requests.Count < 100 && (roomPerEndpoint || turn < 20); turn++)
        {
            await pump.TurnAsync(default);
            await Task.Delay(1);
        }

        quick.Requests.Count.ShouldBe(roomPerEndpoint ? 100 : 0);
        held.SetResult();
        await pump.DrainAsync(default);
        quick.Requests.Count.ShouldBe(100);
        hanging.Requests.Count.ShouldBe(40);
    }

    [Fact]
    public async Task Two_hosts_share_a_queue_and_send_nothing_twice()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var endpoint = await OpenAsync(receiver.Url);
        await SayAsync(endpoint, 300);
        await using var one = NewPump(new WebhookOptions());
        await using var other = NewPump(new WebhookOptions());

        await Task.WhenAll(one.DrainAsync(default), other.DrainAsync(default));

        receiver.Requests.Count.ShouldBe(300);
        receiver.Requests.Select(r => Line(r.Split("\r\n"), "webhook-id")).Distinct().Count().ShouldBe(300);
        one.Completed.ShouldBeGreaterThan(0);
        other.Completed.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_a_dead_host_had_claimed_is_sent_by_another_at_its_next_poll()
    {
        var first = 1;
        await using var receiver = new EvilReceiver((stream, ct) => Interlocked.Exchange(ref first, 0) == 1
            ? Task.Delay(Timeout.Infinite, ct)
            : stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), ct).AsTask());
        var endpoint = await OpenAsync(receiver.Url);
        await SayAsync(endpoint, 1);
        await using var dying = NewPump(new WebhookOptions());
        await using var other = NewPump(new WebhookOptions());
        dying.Ring();
        await dying.TurnAsync(default);
        await receiver.Arrived;

        // The control: while the first host lives, what it claimed is its own.
        await other.PollAsync(default);
        await other.DrainAsync(default);
        receiver.Requests.Count.ShouldBe(1);

        await ScalarAsync($"select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = {WebhookTables.HostLocks} and objid = {dying.HostNumber}");
        while (await ScalarAsync($"select count(*) from pg_locks where locktype = 'advisory' and classid = {WebhookTables.HostLocks} and objid = {dying.HostNumber}") is not 0L)
        {
            // The server ends the session in its own time.
        }

        await other.PollAsync(default);
        await other.DrainAsync(default);
        receiver.Requests.Count.ShouldBe(2);
        Line(receiver.Requests[1].Split("\r\n"), "webhook-id").ShouldBe(Line(receiver.Requests[0].Split("\r\n"), "webhook-id"));
        (await ScalarAsync($"select count(*) from partners.webhook_deliveries where endpoint_id = '{endpoint}'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Messages_that_one_endpoint_had_long_ago_reach_another_that_is_behind_by_more_than_a_host_keeps()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var late = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var (ahead, behind) = (await OpenAsync(receiver.Url), await OpenAsync(late.Url));
        using var admin = mila.Admin();
        (await admin.PatchAsync($"/v1/webhook-endpoints/{behind}", new { enabled = false })).EnsureSuccessStatusCode();
        await using var pump = NewPump(new WebhookOptions());
        await SayAsync(ahead, DeliveryPump.KeptMessages, behind);
        await pump.DrainAsync(default);
        receiver.Requests.Count.ShouldBe(DeliveryPump.KeptMessages);

        // The host keeps as many as it keeps. One batch now holds the oldest of them, for the one, and some that it has not read yet, for the other.
        (await admin.PatchAsync($"/v1/webhook-endpoints/{behind}", new { enabled = true })).EnsureSuccessStatusCode();
        await SayAsync(ahead, 12, behind);
        await pump.DrainAsync(default);

        late.Requests.Count.ShouldBe(DeliveryPump.KeptMessages + 12);
        late.Requests.Select(r => Line(r.Split("\r\n"), "webhook-id")).Distinct().Count().ShouldBe(DeliveryPump.KeptMessages + 12);
        receiver.Requests.Count.ShouldBe(DeliveryPump.KeptMessages + 12);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_opened_leaves_the_signing_to_those_that_can()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var endpoint = await OpenAsync(receiver.Url);
        using var admin = mila.Admin();
        var old = (await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}/secret")).Text("secret");
        await admin.MakeAsync($"/v1/webhook-endpoints/{endpoint}/secret/rotation", new { graceSeconds = 3600 });
        // The newest was sealed by a host whose key is lost.
        await mila.SqlAsync($"update partners.mt_doc_webhookendpoint set mt_version = gen_random_uuid(), data = jsonb_set(data, '{{secrets,0,box}}', to_jsonb(encode(sha256('lost'), 'base64'))) where id = '{endpoint}'");
        await SayAsync(endpoint, 1);
        await Pump.DrainAsync(default);

        var lines = receiver.Requests.ShouldHaveSingleItem().Split("\r\n");
        string Of(string header) => Line(lines, header).Split(": ")[1];
        Mila.Partners.Webhooks.Signing.WebhookKey.Parse(old)!.Verifies(Of("webhook-id"), long.Parse(Of("webhook-timestamp"), null), Encoding.UTF8.GetBytes(lines[^1]), Of("webhook-signature")).ShouldBeTrue();
        Of("webhook-signature").ShouldNotContain(" ");
    }

    [Fact]
    public async Task A_secret_of_another_key_is_said_and_rotated_and_what_waited_goes()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var path = $"/v1/webhook-endpoints/{await OpenAsync(receiver.Url)}";
        using var admin = mila.Admin();
        (await admin.ReadAsync(path)).GetProperty("canSign").GetBoolean().ShouldBeTrue();
        await mila.SqlAsync($"update partners.mt_doc_webhookendpoint set mt_version = gen_random_uuid(), data = jsonb_set(data, '{{secrets,0,box}}', to_jsonb(encode(sha256('lost'), 'base64'))) where id = '{path[^36..]}'");
        await admin.MakeAsync($"{path}/test");
        await Pump.DrainAsync(default);

        receiver.Requests.ShouldBeEmpty();
        (await admin.ReadAsync(path)).GetProperty("canSign").GetBoolean().ShouldBeFalse();
        (await admin.AskAsync($"{path}/secret", ("Accept-Language", "en"))).ShouldRefuse(409, "webhook-secret-unreadable")["detail"].GetString()!.ShouldContain("rotate it");

        await admin.MakeAsync($"{path}/secret/rotation", new { graceSeconds = 0 });
        await PassAsync(TimeSpan.FromMinutes(5));
        receiver.Requests.Count.ShouldBe(1);
        (await admin.ReadAsync(path)).GetProperty("canSign").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_warning_is_written_down_with_its_mail_or_not_at_all()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        var (_, endpoint) = await OpenWithPartnerAsync("unmailed", receiver.Url);
        var care = mila.Services.GetRequiredService<EndpointCare>();
        await FailForAsync(endpoint, 61);

        await mila.SqlAsync("alter table mila.mt_doc_outgoingmail add constraint full_disk check (false) not valid");
        await Should.ThrowAsync<Exception>(() => care.ReviewAsync(default));
        (await ScalarAsync($"select warned from partners.webhook_health where endpoint_id = '{endpoint}'")).ShouldBe((short)0);
        await mila.SqlAsync("alter table mila.mt_doc_outgoingmail drop constraint full_disk");
        await care.ReviewAsync(default);

        (await ScalarAsync($"select warned from partners.webhook_health where endpoint_id = '{endpoint}'")).ShouldBe((short)50);
        (await MailsAboutAsync(endpoint)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_paused_endpoint_keeps_what_waits_and_gets_nothing_new()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var endpoint = await OpenAsync(receiver.Url);
        await SayAsync(endpoint, 2);
        using var admin = mila.Admin();
        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { enabled = false })).StatusCode.ShouldBe(HttpStatusCode.OK);

        await Pump.DrainAsync(default);
        receiver.Requests.ShouldBeEmpty();

        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { enabled = true })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Pump.DrainAsync(default);
        receiver.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Attempts_are_kept_30_days_and_messages_90()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var endpoint = await OpenAsync(receiver.Url);
        var message = await SayAsync(endpoint, 1);
        await Pump.DrainAsync(default);
        var retention = mila.Services.GetRequiredService<WebhookRetention>();
        var kept = new List<(long, long)>();

        foreach (var days in new[] { 29.9, 0.2, 59.8, 0.2 })
        {
            mila.Clock.Advance(TimeSpan.FromDays(days));
            await retention.ForgetAsync(default);
            kept.Add(((long)(await ScalarAsync($"select count(*) from partners.webhook_attempts where endpoint_id = '{endpoint}'"))!, (long)(await ScalarAsync($"select count(*) from partners.webhook_messages where id = '{message}'"))!));
        }

        kept.ShouldBe([(1, 1), (0, 1), (0, 1), (0, 0)]);
    }

    private readonly DateTimeOffset _start = mila.Clock.GetUtcNow();

    private static string Line(string[] lines, string name) => lines.Single(l => l.StartsWith(name + ": ", StringComparison.Ordinal));

    private DeliveryPump NewPump(WebhookOptions options) => ActivatorUtilities.CreateInstance<DeliveryPump>(mila.Services, ActivatorUtilities.CreateInstance<Destinations>(mila.Services), Options.Create(options));

    /// <summary>It is tried all this time, and fails.</summary>
    private async Task FailForAsync(Guid endpoint, double hours)
    {
        await SayAsync(endpoint, 1);
        await Pump.DrainAsync(default);
        for (var left = hours; left > 0; left -= 20)
        {
            mila.Clock.Advance(TimeSpan.FromHours(Math.Min(left, 20)));
            await SayAsync(endpoint, 1);
            await Pump.DrainAsync(default);
        }
    }

    private async Task PassAsync(TimeSpan time)
    {
        mila.Clock.Advance(time);
        await Pump.DrainAsync(default);
    }

    private async Task<Guid> OpenAsync(Uri url)
    {
        using var admin = mila.Admin();
        return (await admin.MakeAsync("/v1/webhook-endpoints", new { url = url.AbsoluteUri, eventTypes = new[] { "panel.retired" } })).Id();
    }

    private async Task<(Guid Partner, Guid Endpoint)> OpenWithPartnerAsync(string code, Uri url)
    {
        using var admin = mila.Admin();
        var partner = (await admin.MakeAsync("/v1/partners", new { code, name = code, kind = "network", contactEmail = $"{code}@partner.example" })).Id();
        return (partner, (await admin.MakeAsync("/v1/webhook-endpoints", new { url = url.AbsoluteUri, partnerId = partner, eventTypes = new[] { "panel.retired" } })).Id());
    }

    /// <summary>So many messages to one endpoint, and to others, in one commit. Answers the id of the last.</summary>
    private async Task<string> SayAsync(Guid endpoint, int messages, params Guid[] others)
    {
        await using var scope = mila.Services.CreateAsyncScope();
        var announcer = scope.ServiceProvider.GetRequiredService<Announcer>();
        var id = "";
        for (var i = 0; i < messages; i++) id = announcer.Announce(new Announcement(EventTypes.Test, endpoint, mila.Clock.GetUtcNow(), new { i }), [endpoint, .. others]);
        await scope.ServiceProvider.GetRequiredService<Marten.IDocumentSession>().SaveChangesAsync();
        return id;
    }

    private async Task<List<string>> MailsAboutAsync(Guid endpoint)
    {
        using var admin = mila.Admin();
        return [.. (await admin.ReadAsync($"/v1/mails?about=webhook-endpoint:{endpoint}")).GetProperty("items").EnumerateArray().Select(m => m.Text("subject"))];
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = mila.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
