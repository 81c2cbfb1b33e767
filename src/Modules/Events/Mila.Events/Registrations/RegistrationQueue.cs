using Marten.Exceptions;
using Npgsql;

namespace Mila.Events.Registrations;

/// <summary>
/// Those who ask for places wait here for one another: up to 64 are answered by one transaction, each in its own words, and those of one event by one transaction after
/// the other. The events' row locks stay what keeps several hosts apart; this only makes one commit serve many. An event whose row somebody else holds is waited for apart,
/// so that it keeps nobody waiting who asks elsewhere.
/// </summary>
internal sealed class RegistrationQueue(RegistrationBatch batch)
{
    /// <summary>The most that one commit answers.</summary>
    public const int Most = 64;

    // While one waits for the disk the other decides. Of events that are held elsewhere there may be more.
    private const int Transactions = 2;

    private readonly Dictionary<Guid, Queue<Asked>> _waiting = [];
    private readonly Queue<Guid> _next = [];
    private readonly HashSet<Guid> _inHand = [];
    private readonly Lock _gate = new();
    private int _running;

    /// <summary>Answers once it is committed. There is no way to call it off: what was asked is asked.</summary>
    public Task<RegistrationAnswer> AskAsync(Asked asked)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(asked.EventId, out var queue))
            {
                _waiting[asked.EventId] = queue = new Queue<Asked>();
                if (!_inHand.Contains(asked.EventId)) _next.Enqueue(asked.EventId);
            }

            queue.Enqueue(asked);
            StartIfNeeded();
        }

        return asked.Answered.Task;
    }

    private void StartIfNeeded()
    {
        if (_next.Count == 0 || _running == Transactions) return;

        _running++;
        _ = Task.Run(ServeAllAsync);
    }

    private async Task ServeAllAsync()
    {
        while (Next() is { Count: > 0 } next)
        {
            var held = (await ServeAsync(next, waits: false)).GroupBy(a => a.EventId).ToList();
            foreach (var atOne in held) _ = Task.Run(() => ServeHeldAsync(atOne.Key, [.. atOne]));
            lock (_gate) PutBack(next.Select(a => a.EventId).Distinct().Except(held.Select(h => h.Key)));
        }
    }

    private async Task ServeHeldAsync(Guid eventId, List<Asked> asked)
    {
        await ServeAsync(asked, waits: true);
        lock (_gate)
        {
            PutBack([eventId]);
            StartIfNeeded();
        }
    }

    /// <returns>Those whose event is held elsewhere. All others have their answer.</returns>
    private async Task<IReadOnlyList<Asked>> ServeAsync(List<Asked> next, bool waits)
    {
        var (held, fault) = await TryAsync(next, waits);
        // A lost connection or a deadlock is nobody's own: all of them once more, and then all are told.
        if (fault is NpgsqlException { IsTransient: true }) (held, fault) = await TryAsync(next, waits);
        if (fault is null) return held;

        // One row that PostgreSQL refuses is nobody else's fault: each by itself.
        if (next.Count > 1 && fault is not NpgsqlException { IsTransient: true }) return [.. (await EachAsync(next, waits)).SelectMany(h => h)];

        next.ForEach(a => a.Answered.TrySetException(fault));
        return [];
    }

    private async Task<List<IReadOnlyList<Asked>>> EachAsync(List<Asked> next, bool waits)
    {
        var held = new List<IReadOnlyList<Asked>>();
        foreach (var asked in next) held.Add(await ServeAsync([asked], waits));
        return held;
    }

    private List<Asked> Next()
    {
        lock (_gate)
        {
            var next = new List<Asked>();
            while (next.Count < Most && _next.TryDequeue(out var eventId))
            {
                var queue = _waiting[eventId];
                while (next.Count < Most && queue.TryDequeue(out var asked)) next.Add(asked);
                if (queue.Count == 0) _waiting.Remove(eventId);
                _inHand.Add(eventId);
            }

            if (next.Count == 0) _running--;
            return next;
        }
    }

    // Whoever asked meanwhile is next, after those who wait elsewhere.
    private void PutBack(IEnumerable<Guid> eventIds)
    {
        foreach (var eventId in eventIds)
        {
            _inHand.Remove(eventId);
            if (_waiting.ContainsKey(eventId)) _next.Enqueue(eventId);
        }
    }

    private async Task<(IReadOnlyList<Asked> Held, Exception? Fault)> TryAsync(List<Asked> next, bool waits)
    {
        try
        {
            return (await batch.ServeAsync(next, waits), null);
        }
        catch (Exception e)
        {
            return ([], e is MartenCommandException { InnerException: { } cause } ? cause : e);
        }
    }
}
