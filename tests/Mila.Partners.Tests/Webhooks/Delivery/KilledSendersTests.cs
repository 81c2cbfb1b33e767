using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;
using Mila.Testing.App;
using Mila.Testing.Postgres;
using Npgsql;

namespace Mila.Partners.Tests.Webhooks.Delivery;

/// <summary>
/// Hosts that die by SIGKILL at each point between the claim of a delivery and its acknowledgement. What they leave is sent by another host: nothing is lost, and what arrives twice has
/// the same id and the same bytes. The points are found from outside, by locks in the database and a receiver that waits: the host that dies is the one that always runs.
/// </summary>
public sealed class KilledSendersTests(KilledSendersTests.KeyedMila mila, ITestOutputHelper output) : IClassFixture<KilledSendersTests.KeyedMila>
{
    /// <summary>How many hosts are killed at each point: 1, or as many as this environment variable says.</summary>
    private const string RoundsVariable = "MILA_TEST_KILLS";
    private const int Messages = 12;
    private static readonly byte[] s_ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
    private static readonly byte[] s_half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"u8.ToArray();
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable(RoundsVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 1;

    /// <summary>What a host is doing when it is killed.</summary>
    public enum Point
    {
        /// <summary>Its claims are committed, nothing has been sent.</summary>
        Claimed,

        /// <summary>The receivers have the messages and have said nothing.</summary>
        Sent,

        /// <summary>The receivers have begun their answers.</summary>
        HalfAnswered,

        /// <summary>The receivers have said 200, nothing of it is written.</summary>
        Answered,

        /// <summary>The attempts are in the log and the deliveries out of the queue, in a transaction that is not committed.</summary>
        Writing,

        /// <summary>All of it is committed.</summary>
        Acknowledged,
    }

    [Theory]
    [InlineData(Point.Claimed, 0, 0)]
    [InlineData(Point.Sent, 1, Messages)]
    [InlineData(Point.HalfAnswered, 1, Messages)]
    [InlineData(Point.Answered, 1, Messages)]
    [InlineData(Point.Writing, 1, Messages)]
    [InlineData(Point.Acknowledged, 0, 0)]
    public async Task A_host_killed_there_loses_nothing_and_what_comes_twice_is_the_same(Point point, int twiceAtLeast, int twiceAtMost)
    {
        var lost = 0;
        var twice = 0;
        var different = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (said, received) = await DieAsync(point);
            lost += said.Except(received.Select(r => r.Id)).Count();
            var repeated = received.GroupBy(r => r.Id).Where(g => g.Count() > 1).ToArray();
            repeated.Length.ShouldBeInRange(twiceAtLeast, twiceAtMost);
            twice += repeated.Length;
            different += repeated.Count(g => g.Select(r => r.Body).Distinct().Count() > 1);
            received.Select(r => r.Id).Except(said).ShouldBeEmpty();
        }

        output.WriteLine($"{point}: {Rounds} hosts killed, {Rounds * Messages} messages, {lost} lost, {twice} came twice, {different} of them with other bytes");
        (lost, different).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Control_a_queue_that_forgets_what_it_gave_out_loses_what_the_dead_host_had()
    {
        await mila.SqlAsync("""
            create function forget() returns trigger language plpgsql as $$ begin delete from partners.webhook_deliveries where id = new.id; return null; end $$;
            create trigger forget after update of claimed_by on partners.webhook_deliveries for each row when (new.claimed_by is not null) execute function forget()
            """);
        try
        {
            var (said, received) = await DieAsync(Point.Claimed);
            said.Except(received.Select(r => r.Id)).Count().ShouldBe(Messages);
        }
        finally
        {
            await mila.SqlAsync("drop trigger forget on partners.webhook_deliveries; drop function forget()");
        }
    }

    /// <summary>One host is killed at this point, and this one sends what is left. Answers what was to be sent and what arrived, with all that came.</summary>
    private async Task<(string[] Said, (string Id, string Body)[] Received)> DieAsync(Point point)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waits = point is not Point.Acknowledged;
        Task AnswerAsync(Stream stream, CancellationToken ct) => waits ? AnswerLateAsync(stream, ct) : stream.WriteAsync(s_ok, ct).AsTask();
        async Task AnswerLateAsync(Stream stream, CancellationToken ct)
        {
            if (point == Point.HalfAnswered) await stream.WriteAsync(s_half, ct);
            await gate.Task.WaitAsync(ct);
            await stream.WriteAsync(s_ok, ct);
        }

        using var deaf = new DeafListener();
        var receiver = point == Point.Claimed ? null : new EvilReceiver(AnswerAsync, port: deaf.Leave());
        using var admin = mila.Admin();
        var endpoint = (await admin.MakeAsync("/v1/webhook-endpoints", new { url = $"http://127.0.0.1:{deaf.Port}/hooks", eventTypes = new[] { "panel.retired" } })).Id();
        var said = await SayAsync(endpoint);
        var waiting = $"select count(*) from partners.webhook_deliveries where endpoint_id = '{endpoint}'";

        using (var host = await StartAsync())
        {
            if (receiver is null) await UntilAsync(async () => await CountAsync($"{waiting} and claimed_by is null") == 0);
            else await UntilAsync(() => Task.FromResult(receiver.Requests.Count == Messages));

            await using var held = await HoldAsync(point);
            if (point is Point.Answered or Point.Writing)
            {
                gate.SetResult();
                var stuck = point == Point.Answered ? "insert into partners.webhook_attempts" : "delete from partners.webhook_health";
                await UntilAsync(async () => await CountAsync($"select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '{stuck}%'") > 0);
            }

            if (point is Point.Acknowledged) await UntilAsync(async () => await CountAsync(waiting) == 0);
            host.Kill();
            await host.WaitForExitAsync();
        }

        waits = false;
        gate.TrySetResult();
        receiver ??= new EvilReceiver(AnswerAsync, port: deaf.Leave());
        await using var _ = receiver;
        var pump = mila.Services.GetRequiredService<DeliveryPump>();
        await UntilAsync(async () =>
        {
            await pump.PollAsync(default);
            await pump.DrainAsync(default);
            return await CountAsync(waiting) == 0;
        });
        (await CountAsync($"select count(distinct message_seq) from partners.webhook_attempts where endpoint_id = '{endpoint}' and outcome = 0")).ShouldBe(
            await CountAsync($"select count(*) from partners.webhook_messages where resource = '{endpoint}'") - said.Except(receiver.Requests.Select(IdOf)).Count());
        return (said, [.. receiver.Requests.Select(r => (IdOf(r), r[(r.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]))]);
    }

    /// <summary>Holds the table that the host needs to go beyond this point.</summary>
    private async Task<IAsyncDisposable> HoldAsync(Point point)
    {
        var connection = new NpgsqlConnection(mila.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        var table = point switch
        {
            Point.Answered => "webhook_attempts",
            Point.Writing => "webhook_health",
            _ => null,
        };
        if (table is null) return connection;

        await using var hold = new NpgsqlCommand($"begin; lock table partners.{table} in access exclusive mode", connection);
        await hold.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task<Process> StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mila.Benchmarks.dll"), "webhook-sender", mila.ConnectionString, KeyedMila.EncryptionKey])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        var host = Process.Start(start)!;
        (await host.StandardOutput.ReadLineAsync().WaitAsync(s_limit)).ShouldBe("ready");
        return host;
    }

    private async Task<string[]> SayAsync(Guid endpoint)
    {
        await using var scope = mila.Services.CreateAsyncScope();
        var announcer = scope.ServiceProvider.GetRequiredService<Announcer>();
        var ids = Enumerable.Range(0, Messages).Select(i => announcer.Announce(new Announcement(EventTypes.Test, endpoint, mila.Clock.GetUtcNow(), new { i }), [endpoint])).ToArray();
        await scope.ServiceProvider.GetRequiredService<Marten.IDocumentSession>().SaveChangesAsync();
        return ids;
    }

    private static async Task UntilAsync(Func<Task<bool>> done)
    {
        for (var waited = Stopwatch.StartNew(); !await done(); await Task.Delay(20)) waited.Elapsed.ShouldBeLessThan(s_limit, "It never came to that.");
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = mila.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A port that swallows connections: nobody accepts, and the queue is full.</summary>
    private sealed class DeafListener : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly Socket[] _fillers = [.. Enumerable.Range(0, 8).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false })];

        internal DeafListener()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(0);
            Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
            foreach (var filler in _fillers)
            {
                try
                {
                    filler.Connect(IPAddress.Loopback, Port);
                }
                catch (SocketException begun) when (begun.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
                {
                    // Under way, and there it stays.
                }
            }
        }

        internal int Port { get; }

        /// <summary>Leaves the port to a receiver that hears.</summary>
        internal int Leave()
        {
            Dispose();
            return Port;
        }

        public void Dispose()
        {
            foreach (var filler in _fillers) filler.Dispose();
            _listener.Dispose();
        }
    }

    private static string IdOf(string request) => request.Split("\r\n").Single(l => l.StartsWith("webhook-id: ", StringComparison.Ordinal))["webhook-id: ".Length..];

    /// <summary>Its secrets are sealed with a key that other hosts are given too, and its clock is theirs.</summary>
    public sealed class KeyedMila(TestPostgres postgres) : TestMila(postgres)
    {
        internal static readonly string EncryptionKey = Convert.ToBase64String(new byte[32]);

        protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("Webhooks:EncryptionKey", EncryptionKey)];

        protected override TimeProvider Time => TimeProvider.System;
    }
}
