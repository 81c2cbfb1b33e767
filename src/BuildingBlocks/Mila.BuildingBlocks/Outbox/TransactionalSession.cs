using System.Runtime.CompilerServices;
using Marten;
using Marten.Services;
using Npgsql;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>
/// The transaction that the sessions of this scope write into, when something outside them owns it: a dispatcher that completes rows,
/// or a request whose answer is kept under its Idempotency-Key. Scoped; empty by default, and then each session has its own.
/// </summary>
internal sealed class AmbientTransaction
{
    private readonly List<IDocumentSession> _sessions = [];
    private readonly List<OutboxRow> _rows = [];

    public NpgsqlTransaction? Transaction { get; set; }

    public void Joined(IDocumentSession session) => _sessions.Add(session);

    /// <summary>What a session published within the transaction.</summary>
    public void Add(IEnumerable<OutboxRow> rows) => _rows.AddRange(rows);

    /// <summary>
    /// What the owner has to write, last before it commits: the locks of its aggregates are held by then for no longer than that takes, and are all taken at once. A transaction that took some,
    /// went on working and took others would keep writers waiting, and two of them would wait for each other.
    /// </summary>
    public IReadOnlyList<OutboxRow> TakeRows()
    {
        var taken = _rows.ToArray();
        _rows.Clear();
        return taken;
    }

    /// <summary>Lanes that have work once <see cref="Transaction"/> has committed.</summary>
    public IReadOnlyCollection<Lane> TakeWritten() => [.. _sessions.SelectMany(s => s.Pended().TakeWritten())];
}

/// <summary>Opens the sessions of a scope: lightweight, and inside the ambient transaction when there is one.</summary>
internal sealed class TransactionalSession(IDocumentStore store, AmbientTransaction ambient) : ISessionFactory
{
    private static readonly ConditionalWeakTable<IDocumentSession, AmbientTransaction> Borrowed = [];

    /// <summary>The transaction of somebody else in which this session writes; null when it has its own.</summary>
    public static AmbientTransaction? AmbientOf(IDocumentSession session) => Borrowed.TryGetValue(session, out var ambient) ? ambient : null;

    public IQuerySession QuerySession() =>
        ambient.Transaction is { } transaction ? store.QuerySession(SessionOptions.ForTransaction(transaction)) : store.QuerySession();

    public IDocumentSession OpenSession()
    {
        if (ambient.Transaction is not { } transaction) return store.LightweightSession();

        var session = store.OpenSession(SessionOptions.ForTransaction(transaction).WithTracking(DocumentTracking.None));
        Borrowed.Add(session, ambient);
        ambient.Joined(session);
        return session;
    }
}
