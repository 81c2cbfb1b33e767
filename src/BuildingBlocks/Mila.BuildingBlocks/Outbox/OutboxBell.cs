using System.Threading.Channels;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>Tells the dispatchers of this host which lanes have work, each at most once at a time.</summary>
internal sealed class OutboxBell
{
    private readonly Channel<Lane> _ready = Channel.CreateUnbounded<Lane>();
    private readonly Dictionary<Lane, State> _states = [];
    private readonly Lock _gate = new();

    private enum State
    {
        Queued,
        Running,
        RunningAgain,
    }

    /// <summary>Raised after lanes were rung by a commit of this host, so that other hosts can be told.</summary>
    public event Action? Rung;

    /// <summary>These lanes have committed rows.</summary>
    public void Ring(IReadOnlyCollection<Lane> lanes)
    {
        if (lanes.Count == 0) return;

        foreach (var lane in lanes) Enqueue(lane);
        Rung?.Invoke();
    }

    /// <summary>The same, learnt from the database: nobody else needs to be told.</summary>
    public void Enqueue(Lane lane)
    {
        lock (_gate)
        {
            if (_states.TryGetValue(lane, out var state))
            {
                if (state == State.Running) _states[lane] = State.RunningAgain;
                return;
            }

            _states[lane] = State.Queued;
        }

        _ready.Writer.TryWrite(lane);
    }

    public async ValueTask<Lane> NextAsync(CancellationToken ct)
    {
        var lane = await _ready.Reader.ReadAsync(ct);
        lock (_gate) _states[lane] = State.Running;
        return lane;
    }

    /// <summary>A dispatcher has left the lane; it is queued again when it was rung meanwhile or has more.</summary>
    public void Done(Lane lane, bool more)
    {
        lock (_gate)
        {
            var again = more || _states[lane] == State.RunningAgain;
            if (!again)
            {
                _states.Remove(lane);
                return;
            }

            _states[lane] = State.Queued;
        }

        _ready.Writer.TryWrite(lane);
    }
}
