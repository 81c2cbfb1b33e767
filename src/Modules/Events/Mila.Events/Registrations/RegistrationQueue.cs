using Marten.Exceptions;
using Npgsql;

namespace Mila.Events.Registrations;

/// <summary>
/// Those who ask for a place at one event wait here for one another: up to 64 are answered by one transaction, each in its own words. The event's row lock stays what
/// keeps several hosts apart; this only makes one lock serve many.
/// </summary>
internal sealed class RegistrationQueue(RegistrationBatch batch)
{
    /// <summary>The most that one commit answers.</summary>
    public const int Most = 64;

    private readonly Dictionary<Guid, Queue<Asked>> _waiting = [];
    private readonly Lock _gate = new();

    /// <summary>Answers once it is committed. There is no way to call it off: what was asked is asked.</summary>
    public Task<RegistrationAnswer> AskAsync(Asked asked)
    {
        var isFirst = false;
        lock (_gate)
        {
            if (!_waiting.TryGetValue(asked.EventId, out var queue))
            {
                _waiting[asked.EventId] = queue = new Queue<Asked>();
                isFirst = true;
            }

            queue.Enqueue(asked);
        }

        if (isFirst) _ = Task.Run(() => ServeAllAsync(asked.EventId));
        return asked.Answered.Task;
    }

    private async Task ServeAllAsync(Guid eventId)
    {
        while (Next(eventId) is { Count: > 0 } next)
        {
            var fault = await TryAsync(next);
            // A lost connection or a deadlock is nobody's own: all of them once more, and then all are told.
            if (fault is NpgsqlException { IsTransient: true }) fault = await TryAsync(next);
            if (fault is null) continue;

            // One row that PostgreSQL refuses is nobody else's fault: each by itself.
            if (next.Count == 1 || fault is NpgsqlException { IsTransient: true }) next.ForEach(a => a.Answered.TrySetException(fault));
            else foreach (var asked in next) if (await TryAsync([asked]) is { } own) asked.Answered.TrySetException(own);
        }
    }

    private List<Asked> Next(Guid eventId)
    {
        lock (_gate)
        {
            var queue = _waiting[eventId];
            var next = new List<Asked>(Math.Min(Most, queue.Count));
            while (next.Count < Most && queue.TryDequeue(out var asked)) next.Add(asked);
            if (next.Count == 0) _waiting.Remove(eventId);
            return next;
        }
    }

    private async Task<Exception?> TryAsync(List<Asked> next)
    {
        try
        {
            await batch.ServeAsync(next);
            return null;
        }
        catch (Exception e)
        {
            return e is MartenCommandException { InnerException: { } cause } ? cause : e;
        }
    }
}
