using Marten;
using MediatR;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>What one session wants to publish, and, once written, which lanes have work when the transaction commits.</summary>
internal sealed class PendingNotifications
{
    private readonly List<(INotification Notification, DateTimeOffset? Due)> _waiting = [];
    private readonly HashSet<Lane> _written = [];
    private OutboxInsert? _insert;

    /// <summary>Keeps the notification, and gives the session the operation that will write it: one for all, and work to save even where no document changed.</summary>
    public void Add(IDocumentSession session, INotification notification, DateTimeOffset? due)
    {
        _waiting.Add((notification, due));
        if (_insert is null) session.QueueOperation(_insert = new OutboxInsert());
    }

    /// <summary>The operation that the session is about to execute.</summary>
    public OutboxInsert? TakeInsert()
    {
        var insert = _insert;
        _insert = null;
        return insert;
    }

    public IReadOnlyList<(INotification Notification, DateTimeOffset? Due)> TakeWaiting()
    {
        if (_waiting.Count == 0) return [];

        var taken = _waiting.ToArray();
        _waiting.Clear();
        return taken;
    }

    public void Written(Lane lane) => _written.Add(lane);

    public IReadOnlyCollection<Lane> TakeWritten()
    {
        if (_written.Count == 0) return [];

        var taken = _written.ToArray();
        _written.Clear();
        return taken;
    }
}

/// <summary>
/// A queue of one handler that one dispatcher at a time may serve. The rows of an aggregate always fall into the same lane, which is what keeps their order;
/// lanes of a handler are served in parallel.
/// </summary>
internal readonly record struct Lane(string Subscriber, short Number)
{
    /// <summary>Lanes a handler.</summary>
    public const int Count = 8;

    public static Lane Of(string subscriber, Guid aggregate) => new(subscriber, (short)(OutboxHash.Of(aggregate) % Count));

    /// <summary>The advisory lock that makes the lane exclusive.</summary>
    public long LockKey => unchecked((long)(OutboxHash.Of(Subscriber) * 31 + (ulong)Number));
}
