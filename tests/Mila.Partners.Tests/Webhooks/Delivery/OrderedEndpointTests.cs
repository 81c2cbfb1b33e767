using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mila.Partners.Webhooks;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;
using Mila.Testing.App;
using Npgsql;
using NpgsqlTypes;

namespace Mila.Partners.Tests.Webhooks.Delivery;

/// <summary>An endpoint that asked for order costs the others nothing, and nothing that waits is left behind.</summary>
public sealed class OrderedEndpointTests(TestMila mila) : IClassFixture<TestMila>
{
    private const int MoreThanATurnLooksAt = DeliveryQueue.LookedAt + 30;

    private DeliveryPump Pump => mila.Services.GetRequiredService<DeliveryPump>();

    private NpgsqlDataSource Database => mila.Services.GetRequiredService<NpgsqlDataSource>();

    [Fact]
    public async Task A_queue_behind_a_receiver_that_fails_is_set_aside_and_goes_in_order_once_it_is_back()
    {
        var status = "503 No";
        await using var receiver = new EvilReceiver((stream, ct) => stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"), ct).AsTask());
        var endpoint = await OpenAsync(receiver.Url);
        var resource = Guid.CreateVersion7();
        await SayAsync(endpoint, resource, MoreThanATurnLooksAt);
        await Pump.DrainAsync(default);

        receiver.Requests.Count.ShouldBe(1);
        (await CountAsync(endpoint, "state = 2")).ShouldBe(MoreThanATurnLooksAt - 1);
        (await IsReadyAsync(endpoint)).ShouldBeFalse("what waits behind another is not looked at again and again");
        using var admin = mila.Admin();
        (await admin.ReadAsync($"/v1/webhook-endpoints/{endpoint}/statistics")).GetProperty("waiting").GetInt64().ShouldBe(MoreThanATurnLooksAt);

        status = "204 No Content";
        mila.Clock.Advance(TimeSpan.FromSeconds(6));
        await Pump.DrainAsync(default);
        receiver.Requests.Skip(1).Select(Number).ShouldBe(Enumerable.Range(0, MoreThanATurnLooksAt));
    }

    [Fact]
    public async Task What_failed_for_good_lets_the_next_one_go_and_what_is_sent_again_goes_before_it()
    {
        var gone = false;
        await using var receiver = new EvilReceiver((stream, ct) => stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(gone ? "200 OK" : "410 Gone")}\r\nContent-Length: 0\r\n\r\n"), ct).AsTask());
        var endpoint = await OpenAsync(receiver.Url);
        var first = (await SayAsync(endpoint, Guid.CreateVersion7(), 3))[0];
        await Pump.DrainAsync(default);
        (await CountAsync(endpoint, "state = 1"), await CountAsync(endpoint, "state = 0"), await CountAsync(endpoint, "state = 2")).ShouldBe((1L, 1L, 1L));

        gone = true;
        using var admin = mila.Admin();
        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { enabled = true })).EnsureSuccessStatusCode();
        (await admin.TellAsync($"/v1/webhook-messages/{first}/resend", new { endpointId = endpoint })).Expect(202);
        await Pump.DrainAsync(default);
        receiver.Requests.Select(Number).ShouldBe([0, 0, 1, 2]);
    }

    [Fact]
    public async Task Who_asks_for_no_order_any_more_gets_what_waits_and_who_asks_for_it_gets_it_of_what_waits_too()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        using var admin = mila.Admin();
        var endpoint = await OpenAsync(receiver.Url);
        await SayAsync(endpoint, Guid.CreateVersion7(), 4);
        await Pump.DrainAsync(default);
        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { ordered = false })).EnsureSuccessStatusCode();
        await Pump.DrainAsync(default);
        receiver.Requests.Select(Number).Order().ShouldBe([0, 1, 2, 3]);

        (await admin.PatchAsync($"/v1/webhook-endpoints/{endpoint}", new { ordered = true })).EnsureSuccessStatusCode();
        mila.Clock.Advance(TimeSpan.FromSeconds(6));
        await Pump.DrainAsync(default);
        receiver.Requests.Count.ShouldBe(5);
    }

    [Fact]
    public async Task What_waits_behind_a_message_that_was_forgotten_is_woken()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        var endpoint = await OpenAsync(receiver.Url);
        await SayAsync(endpoint, Guid.CreateVersion7(), 2);
        await using (var connection = await Database.OpenConnectionAsync()) await DeliveryQueue.TurnAsync(connection, [], [new Room(endpoint, 16)], 901, mila.Clock.GetUtcNow(), default);
        await mila.SqlAsync($"delete from partners.webhook_deliveries where endpoint_id = '{endpoint}' and claimed_by = 901");
        await Pump.DrainAsync(default);
        receiver.Requests.ShouldBeEmpty();

        (await DeliveryQueue.WakeStrandedAsync(Database, default)).ShouldBeGreaterThan(0);
        await Pump.DrainAsync(default);
        receiver.Requests.Select(Number).ShouldBe([1]);
    }

    [Fact]
    public async Task Two_hosts_keep_the_order_and_leave_nothing_behind()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\n\r\n");
        var endpoint = await OpenAsync(receiver.Url);
        var resources = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray();
        for (var i = 0; i < 24; i++)
        {
            foreach (var resource in resources) await SayAsync(endpoint, resource, 1, i);
        }

        await using var one = NewPump();
        await using var other = NewPump();
        for (var round = 0; round < 200 && await CountAsync(endpoint, "true") > 0; round++) await Task.WhenAll(one.DrainAsync(default), other.DrainAsync(default));

        foreach (var resource in resources)
        {
            receiver.Requests.Where(r => r.Contains(resource.ToString(), StringComparison.Ordinal)).Select(Number).ShouldBe(Enumerable.Range(0, 24));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // the control: who sets a row aside without holding the one before it leaves it there for ever
    public async Task A_host_sets_nothing_aside_behind_what_another_is_writing_down_as_done(bool holding)
    {
        var (endpoint, resource) = (await OpenAsync(new Uri("http://127.0.0.1:9/")), Guid.CreateVersion7());
        await using var one = await Database.OpenConnectionAsync();
        await using var other = await Database.OpenConnectionAsync();
        await SayAsync(endpoint, resource, 1);
        var first = (await ClaimAsync(one, endpoint, 911, holding)).ShouldHaveSingleItem();
        await SayAsync(endpoint, resource, 1);

        await using (var writing = await one.BeginTransactionAsync())
        {
            await DeliveryQueue.TurnAsync(one, [Done(first, endpoint, resource, 911)], [], 911, mila.Clock.GetUtcNow(), default);
            (await ClaimAsync(other, endpoint, 912, holding)).ShouldBeEmpty();
            await writing.CommitAsync();
        }

        (await ClaimAsync(other, endpoint, 912, holding)).Count.ShouldBe(holding ? 1 : 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // the control
    public async Task A_host_that_is_done_waits_for_who_sets_aside_behind_it_and_wakes_that(bool holding)
    {
        var (endpoint, resource) = (await OpenAsync(new Uri("http://127.0.0.1:9/")), Guid.CreateVersion7());
        await using var one = await Database.OpenConnectionAsync();
        await using var other = await Database.OpenConnectionAsync();
        await SayAsync(endpoint, resource, 1);
        var first = (await ClaimAsync(one, endpoint, 921, holding)).ShouldHaveSingleItem();
        await SayAsync(endpoint, resource, 1);

        Task done;
        await using (var setting = await other.BeginTransactionAsync())
        {
            (await ClaimAsync(other, endpoint, 922, holding)).ShouldBeEmpty();
            done = DeliveryQueue.TurnAsync(one, [Done(first, endpoint, resource, 921)], [], 921, mila.Clock.GetUtcNow(), default);
            while (!done.IsCompleted && await mila.SqlAsync($"select count(*) from pg_locks where pid = {one.ProcessID} and not granted") is 0L)
            {
                // It comes to the row that is held, or is done.
            }

            await setting.CommitAsync();
        }

        await done;
        (await ClaimAsync(other, endpoint, 922, holding)).Count.ShouldBe(holding ? 1 : 0);
    }

    private static Written Done(long delivery, Guid endpoint, Guid resource, int claimant) =>
        new(delivery, claimant, 1, endpoint, 1, new Attempted(Outcome.Succeeded, 200, [], null, false, DateTimeOffset.UnixEpoch, TimeSpan.Zero), null, resource);

    /// <summary>Claims as a host does, or without the lock.</summary>
    private async Task<List<long>> ClaimAsync(NpgsqlConnection connection, Guid endpoint, int claimant, bool holding)
    {
        var sql = holding ? DeliveryQueue.ClaimSql : DeliveryQueue.ClaimSql.Replace("for share of b skip locked", "", StringComparison.Ordinal);
        (sql != DeliveryQueue.ClaimSql).ShouldBe(!holding);
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = claimant }, new() { Value = new[] { endpoint }, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid }, new() { Value = new[] { 16 } },
                new() { Value = mila.Clock.GetUtcNow().UtcDateTime }, new() { Value = DeliveryQueue.LookedAt },
            },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var claimed = new List<long>();
        while (await reader.ReadAsync()) claimed.Add(reader.GetInt64(0));
        return claimed;
    }

    private static int Number(string request)
    {
        using var body = JsonDocument.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        return body.RootElement.GetProperty("data").GetProperty("i").GetInt32();
    }

    private DeliveryPump NewPump() => ActivatorUtilities.CreateInstance<DeliveryPump>(mila.Services, ActivatorUtilities.CreateInstance<Destinations>(mila.Services), Options.Create(new WebhookOptions()));

    private async Task<Guid> OpenAsync(Uri url)
    {
        using var admin = mila.Admin();
        return (await admin.MakeAsync("/v1/webhook-endpoints", new { url = url.AbsoluteUri, eventTypes = new[] { "panel.retired" }, ordered = true })).Id();
    }

    private async Task<string[]> SayAsync(Guid endpoint, Guid resource, int messages, int first = 0)
    {
        await using var scope = mila.Services.CreateAsyncScope();
        var announcer = scope.ServiceProvider.GetRequiredService<Announcer>();
        string[] ids = [.. Enumerable.Range(first, messages).Select(i => announcer.Announce(new Announcement(EventTypes.PanelRetired, resource, mila.Clock.GetUtcNow(), new { i, about = resource }), [endpoint], endpoint))];
        await scope.ServiceProvider.GetRequiredService<Marten.IDocumentSession>().SaveChangesAsync();
        return ids;
    }

    private async Task<long> CountAsync(Guid endpoint, string where) => (long)(await mila.SqlAsync($"select count(*) from partners.webhook_deliveries where endpoint_id = '{endpoint}' and {where}"))!;

    private async Task<bool> IsReadyAsync(Guid endpoint)
    {
        await using var connection = await Database.OpenConnectionAsync();
        return (await DeliveryQueue.ReadyAsync(connection, mila.Clock.GetUtcNow(), default)).Any(r => r.EndpointId == endpoint);
    }
}
