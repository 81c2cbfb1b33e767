using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mila.BuildingBlocks.Pages;
using Mila.Partners.Webhooks.Endpoints;
using Mila.Partners.Webhooks.Schedule;
using Npgsql;

namespace Mila.Partners.Webhooks.Delivery;

/// <summary>
/// Moves deliveries from the queue to the receivers and their results back. One turn at a time: it writes back everything that finished since the last and claims as much
/// as there is room for, in one transaction. Room is counted per endpoint, so that a batch never fills with the deliveries of one that hangs.
/// </summary>
internal sealed partial class DeliveryPump(
    NpgsqlDataSource database, Destinations destinations, WebhookSender sender, EndpointCare care, PublicAddress address, IOptions<WebhookOptions> options, TimeProvider clock,
    ILogger<DeliveryPump> logger)
    : IAsyncDisposable
{
    private const int MostPerTurn = 2000;
    /// <summary>Messages that are kept in memory between turns.</summary>
    internal const int KeptMessages = 1024;

    private static readonly TimeSpan s_undeliverablePause = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _oneTurn = new(1);
    private readonly Channel<bool> _bell = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentQueue<Flight> _landed = new();
    private readonly Dictionary<Guid, Track> _tracks = [];
    private readonly Dictionary<long, Flight> _flying = [];
    private readonly Dictionary<long, QueuedMessage> _messages = [];
    private readonly Queue<long> _messagesByAge = new();
    private readonly HashSet<(Guid, Guid)> _sealed = [];
    private readonly List<Written> _unwritten = [];
    private readonly List<Guid> _gone = [];
    private readonly List<(long, int, DateTimeOffset?)> _unused = [];
    private readonly CancellationTokenSource _stopping = new();
    private HostSession? _session;
    private NpgsqlConnection? _kept;
    private volatile bool _rung = true;
    private volatile bool _disconnected;

    /// <summary>Deliveries whose results are written, since the start.</summary>
    internal long Completed { get; private set; }

    /// <summary>The number this host claims under, once it has had a turn.</summary>
    internal int? HostNumber => _session?.Number;

    /// <summary>Something may be due: look at the next turn.</summary>
    internal void Ring()
    {
        _rung = true;
        _bell.Writer.TryWrite(true);
    }

    /// <summary>Waits until a turn has something to do.</summary>
    internal ValueTask<bool> WaitAsync(CancellationToken ct) => _bell.Reader.ReadAsync(ct);

    /// <summary>One turn. Answers how many rows were written or claimed.</summary>
    internal async Task<int> TurnAsync(CancellationToken ct)
    {
        await _oneTurn.WaitAsync(ct);
        try
        {
            var connection = await ConnectAsync(ct);
            Land();
            if (_unused.Count > 0)
            {
                await DeliveryQueue.ReleaseAsync(connection, _unused, CancellationToken.None);
                _unused.Clear();
            }

            if (_rung)
            {
                _rung = false;
                foreach (var ready in await DeliveryQueue.ReadyAsync(connection, clock.GetUtcNow(), ct)) TrackOf(ready.EndpointId).IsReady(ready);
            }

            // What could not be disabled the last time is not left until something else is due.
            await DisableGoneAsync(ct);
            var rooms = Rooms();
            if (_unwritten.Count == 0 && rooms.Count == 0) return 0;

            // Not to be cancelled half-way: whether it was committed must be known.
            var found = await DeliveryQueue.TurnAsync(connection, _unwritten, rooms, _session!.Number, clock.GetUtcNow(), CancellationToken.None);
            var moved = _unwritten.Count + found.Claims.Count + found.Unfinished.Count;
            Completed += _unwritten.Count;
            _unwritten.Clear();
            await LaunchAsync(connection, rooms, found, ct);
            if (found.Unfinished.Count > 0) _bell.Writer.TryWrite(true);
            await DisableGoneAsync(ct);
            return moved;
        }
        catch (Exception problem) when (problem is NpgsqlException or InvalidOperationException or IOException)
        {
            await DisconnectAsync();
            throw;
        }
        finally
        {
            _oneTurn.Release();
        }
    }

    /// <summary>Free what dead hosts had claimed, and look for what is due. To be called by a slow poll.</summary>
    internal async Task PollAsync(CancellationToken ct)
    {
        await _oneTurn.WaitAsync(ct);
        try
        {
            await DeliveryQueue.BuryDeadHostsAsync(await ConnectAsync(ct), _session!.Number, ct);
        }
        catch (Exception problem) when (problem is NpgsqlException or InvalidOperationException or IOException)
        {
            await DisconnectAsync();
            throw;
        }
        finally
        {
            _oneTurn.Release();
        }

        Ring();
    }

    /// <summary>Deliver everything that is due now and wait for the results; retries stay for their time.</summary>
    internal async Task DrainAsync(CancellationToken ct)
    {
        do
        {
            Ring();
            while (await TurnAsync(ct) > 0 || !_landed.IsEmpty)
            {
                // Until the queue gives nothing more.
            }
        }
        while (await OneLandsAsync(ct));
    }

    /// <summary>Stops sending: what is under way has a moment to land, the rest is given back.</summary>
    internal async Task StopAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        try
        {
            while (_flying.Count > _landed.Count) await WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever has not answered by now will be asked again, with the same id and the same bytes.
        }

        await _stopping.CancelAsync();
        await _oneTurn.WaitAsync(CancellationToken.None);
        try
        {
            for (Land(); _unwritten.Count > 0 && _session is not null; Land())
            {
                await DeliveryQueue.TurnAsync(await ConnectAsync(CancellationToken.None), _unwritten, [], _session.Number, clock.GetUtcNow(), CancellationToken.None);
                _unwritten.Clear();
            }
        }
        catch (Exception problem) when (problem is NpgsqlException or InvalidOperationException or IOException)
        {
            LogTrouble(logger, problem.GetType().Name);
        }
        finally
        {
            await DisconnectAsync();
            _disconnected = true;
            _oneTurn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disconnected) return;

        await _stopping.CancelAsync();
        // A turn under way ends first; the next one finds the pump stopped.
        await _oneTurn.WaitAsync(CancellationToken.None);
        await DisconnectAsync();
        _disconnected = true;
        _oneTurn.Release();
    }

    /// <summary>Waits for one of those under way; false when none is.</summary>
    private async Task<bool> OneLandsAsync(CancellationToken ct)
    {
        await _oneTurn.WaitAsync(ct);
        var underWay = _flying.Values.Select(f => f.Landing).ToArray();
        _oneTurn.Release();
        if (underWay.Length == 0) return false;

        await Task.WhenAny(underWay).WaitAsync(ct);
        return true;
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken ct)
    {
        if (_disconnected) throw new OperationCanceledException("The pump has stopped.");
        if (_session is { Lost: true }) await DisconnectAsync();
        _session ??= await HostSession.OpenAsync(database, clock.GetUtcNow(), Ring, ct);
        if (_kept is not null) return _kept;

        var kept = await database.OpenKeptAsync(ct);
        // A plan made while the queue was empty would scan it whole once it is not.
        await using (var set = new NpgsqlCommand("set enable_seqscan = off; set enable_bitmapscan = off; set jit = off", kept)) await set.ExecuteNonQueryAsync(ct);
        _rung = true;
        return _kept = kept;
    }

    private async Task DisconnectAsync()
    {
        var (kept, session) = (_kept, _session);
        (_kept, _session) = (null, null);
        if (kept is not null) await kept.DisposeAsync();
        if (session is not null) await session.DisposeAsync();
    }

    /// <summary>Takes in what has finished: counts it out of the air and decides what becomes of it.</summary>
    private void Land()
    {
        while (_unwritten.Count < MostPerTurn && _landed.TryDequeue(out var flight))
        {
            _flying.Remove(flight.Claim.DeliveryId);
            var track = TrackOf(flight.Claim.EndpointId);
            track.Flying--;
            // What waited behind it may go now.
            if (track.Ordered) track.MayHaveMore = true;
            if (flight.Refused) _unused.Add((flight.Claim.DeliveryId, flight.Claimant, null));
            if (flight.Attempt is not { } attempt) continue;

            var number = (short)(flight.Claim.Attempts + 1);
            DateTimeOffset? retryAt = attempt.Outcome is Outcome.Succeeded or Outcome.Gone
                ? null
                : RetrySchedule.Next(number, clock.GetUtcNow(), attempt.RetryAfter, attempt.Overwhelmed, RandomNumberGenerator.GetInt32(1_000_001) / 1e6);
            if (attempt.Outcome == Outcome.Gone) _gone.Add(flight.Claim.EndpointId);
            _unwritten.Add(new Written(flight.Claim.DeliveryId, flight.Claimant, flight.Claim.MessageSeq, flight.Claim.EndpointId, number, attempt, retryAt, flight.Resource));
        }
    }

    private List<Room> Rooms()
    {
        var free = options.Value.InFlight - _flying.Count;
        var now = clock.GetUtcNow();
        var rooms = new List<Room>();
        foreach (var (endpoint, track) in _tracks)
        {
            if (!track.MayHaveMore) continue;

            var room = Math.Min(Math.Min(track.Breaker.Limit(options.Value.InFlightPerEndpoint) - track.Flying, free), track.AllowanceAt(now));
            if (room <= 0) continue;

            rooms.Add(new Room(endpoint, room));
            free -= room;
        }

        return rooms;
    }

    private async Task LaunchAsync(NpgsqlConnection connection, List<Room> rooms, Found found, CancellationToken ct)
    {
        var claims = found.Claims;
        var claimed = claims.CountBy(c => c.EndpointId).ToDictionary();
        foreach (var room in rooms)
        {
            var track = TrackOf(room.EndpointId);
            track.Spend(claimed.GetValueOrDefault(room.EndpointId));
            if (claimed.GetValueOrDefault(room.EndpointId) < room.Free && !found.Unfinished.Contains(room.EndpointId)) track.MayHaveMore = false;
        }

        if (claims.Count == 0) return;

        try
        {
            await destinations.RefreshAsync(claims, ct);
            await FetchMessagesAsync(connection, claims, ct);
        }
        catch
        {
            // Nothing of this batch has left: without its session its claims are free again.
            await DisconnectAsync();
            throw;
        }

        List<(long, int, DateTimeOffset?)> released = [];
        List<long> dropped = [];
        var now = clock.GetUtcNow();
        foreach (var claim in claims)
        {
            if (_flying.TryGetValue(claim.DeliveryId, out var already))
            {
                // Claimed before this host's session broke, and still in the air: it is not sent twice, only held under the new number.
                already.Claimant = _session!.Number;
            }
            else if (!_messages.TryGetValue(claim.MessageSeq, out var message))
            {
                dropped.Add(claim.DeliveryId);
            }
            else if (destinations.Find(claim.EndpointId) is not { } destination || destination.KeysAt(now) is not { Count: > 0 } keys)
            {
                if (_sealed.Add((claim.EndpointId, claim.EndpointVersion))) LogNoKey(logger, claim.EndpointId);
                released.Add((claim.DeliveryId, _session!.Number, now + s_undeliverablePause));
            }
            else
            {
                var body = destination.Payload == PayloadForm.Full ? message.FullBody ?? message.Body : message.Body;
                var flight = new Flight(claim) { Claimant = _session!.Number, Resource = destination.Manners.Ordered ? message.Resource : null };
                _flying.Add(claim.DeliveryId, flight);
                var track = TrackOf(claim.EndpointId);
                track.Flying++;
                var cloudEvent = destination.Manners.CloudEvents ? new CloudEvent(message.Type, address.OrPath("/"), message.Resource?.ToString(), message.CreatedAt) : null;
                flight.Landing = FlyAsync(flight, track.Breaker, new Outgoing(destination.Url, message.Id, body, keys, cloudEvent));
            }
        }

        ForgetOldMessages();
        if (released.Count > 0) await DeliveryQueue.ReleaseAsync(connection, released, ct);
        if (dropped.Count > 0) await DeliveryQueue.DropAsync(connection, [.. dropped], ct);
    }

    private async Task FlyAsync(Flight flight, EndpointBreaker breaker, Outgoing outgoing)
    {
        // Signing and the first write are work: not on the turn's time.
        await Task.Yield();
        try
        {
            flight.Attempt = await breaker.SendAsync(sender, outgoing, _stopping.Token);
            flight.Refused = flight.Attempt is null;
        }
        catch (OperationCanceledException)
        {
            // The host stops: nothing is known, the claim goes back.
        }
        catch (Exception problem)
        {
            LogTrouble(logger, problem.GetType().Name);
            flight.Attempt = new Attempted(Outcome.Broken, null, [], null, false, clock.GetUtcNow(), TimeSpan.Zero);
        }
        finally
        {
            _landed.Enqueue(flight);
            _bell.Writer.TryWrite(true);
        }
    }

    private async Task FetchMessagesAsync(NpgsqlConnection connection, IReadOnlyList<Claim> claims, CancellationToken ct)
    {
        var unknown = claims.Select(c => c.MessageSeq).Distinct().Where(seq => !_messages.ContainsKey(seq)).ToArray();
        if (unknown.Length == 0) return;

        foreach (var message in await DeliveryQueue.MessagesAsync(connection, unknown, ct))
        {
            _messages[message.Seq] = message;
            _messagesByAge.Enqueue(message.Seq);
        }
    }

    // After the batch has left, since what it sends may be the oldest of those that are kept.
    private void ForgetOldMessages()
    {
        while (_messagesByAge.Count > KeptMessages) _messages.Remove(_messagesByAge.Dequeue());
    }

    private async Task DisableGoneAsync(CancellationToken ct)
    {
        while (_gone.Count > 0)
        {
            await care.DisableGoneAsync(_gone[^1], ct);
            _gone.RemoveAt(_gone.Count - 1);
        }
    }

    private Track TrackOf(Guid endpoint)
    {
        if (_tracks.TryGetValue(endpoint, out var track)) return track;

        return _tracks[endpoint] = new Track(new EndpointBreaker(clock));
    }

    /// <summary>What this host knows of one endpoint.</summary>
    private sealed class Track(EndpointBreaker breaker)
    {
        public EndpointBreaker Breaker => breaker;

        public int Flying { get; set; }

        public bool MayHaveMore { get; set; }

        public bool Ordered { get; private set; }

        private int? RatePerSecond { get; set; }

        private double Tokens { get; set; }

        private DateTimeOffset RefilledAt { get; set; }

        public void IsReady(Ready ready) => (MayHaveMore, Ordered, RatePerSecond) = (true, ready.Ordered, ready.RatePerSecond);

        /// <summary>How many attempts its rate leaves: a bucket that holds one second's worth.</summary>
        public int AllowanceAt(DateTimeOffset now)
        {
            if (RatePerSecond is not { } rate)
            {
                // What is spent without a rate is not owed to one that comes later: that one begins with a full bucket.
                RefilledAt = default;
                return int.MaxValue;
            }

            Tokens = RefilledAt == default ? rate : Math.Min(rate, Tokens + (rate * (now - RefilledAt).TotalSeconds));
            RefilledAt = now;
            return (int)Tokens;
        }

        public void Spend(int attempts) => Tokens -= attempts;
    }

    private sealed class Flight(Claim claim)
    {
        public Claim Claim => claim;

        public int Claimant { get; set; }

        /// <summary>What its message is about, where the endpoint asked for order.</summary>
        public Guid? Resource { get; init; }

        public Attempted? Attempt { get; set; }

        /// <summary>The breaker opened before it left: nothing was sent, and this was no attempt.</summary>
        public bool Refused { get; set; }

        public Task Landing { get; set; } = Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook delivery met {Fault}")]
    private static partial void LogTrouble(ILogger logger, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The signing secret of webhook endpoint {Endpoint} cannot be opened with this host's Webhooks__EncryptionKey; its deliveries wait")]
    private static partial void LogNoKey(ILogger logger, Guid endpoint);
}
