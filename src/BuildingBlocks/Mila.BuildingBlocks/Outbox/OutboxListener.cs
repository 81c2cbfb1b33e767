using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq.Expressions;
using System.Text.Json;
using Marten;
using Marten.Services;
using MediatR;
using Microsoft.Extensions.Options;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>Turns what a session published into rows of its own transaction, and rings the bell once that transaction has committed.</summary>
internal sealed class OutboxListener(Subscriptions subscriptions, OutboxBell bell, IOptions<OutboxOptions> options, TimeProvider clock) : DocumentSessionListenerBase
{
    private static readonly ConcurrentDictionary<Type, Func<INotification, Guid>> Aggregates = new();

    public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
    {
        var pending = session.Pended();
        var rows = pending.TakeWaiting().SelectMany(w => RowsOf(w.Notification, w.Due)).ToArray();
        if (rows.Length == 0)
        {
            pending.TakeInsert();
            return Task.CompletedTask;
        }

        var insert = pending.TakeInsert()!;
        if (TransactionalSession.AmbientOf(session) is { } ambient) ambient.Add(rows);
        else insert.Fill(rows, options.Value.LocksBuckets);
        foreach (var row in rows.Where(r => r.DueAt == OutboxRow.Now)) pending.Written(row.Lane);
        return Task.CompletedTask;
    }

    // Within somebody else's transaction nothing is committed yet: its owner rings, as it writes the rows (TransactionalSession).
    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        if (TransactionalSession.AmbientOf(session) is null) bell.Ring(session.Pended().TakeWritten());
        return Task.CompletedTask;
    }

    private IEnumerable<OutboxRow> RowsOf(INotification notification, DateTimeOffset? due)
    {
        var type = notification.GetType();
        var subscribers = subscriptions.Of(type);
        if (subscribers.Count == 0) yield break;

        var aggregate = AggregateOf(notification);
        var body = JsonSerializer.Serialize(notification, type, NotificationJson.Options);
        foreach (var subscriber in subscribers)
        {
            yield return new OutboxRow(Guid.CreateVersion7(clock.GetUtcNow()), Lane.Of(subscriber.Name, aggregate), aggregate, Subscriptions.NameOf(type), body,
                clock.GetUtcNow().UtcDateTime, due?.UtcDateTime ?? OutboxRow.Now, Activity.Current?.Id);
        }
    }

    /// <summary>The first <see cref="Guid"/> that the record declares: an architecture test holds every contract to having one.</summary>
    internal static Guid AggregateOf(INotification notification) => Aggregates.GetOrAdd(notification.GetType(), static type =>
    {
        var first = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First().GetParameters().FirstOrDefault(p => p.ParameterType == typeof(Guid))
            ?? throw new InvalidOperationException($"{type.Name} names no aggregate: its record needs a Guid.");
        var parameter = Expression.Parameter(typeof(INotification));
        return Expression.Lambda<Func<INotification, Guid>>(Expression.Property(Expression.Convert(parameter, type), first.Name!), parameter).Compile();
    })(notification);
}

/// <summary>How notifications are written down: additive, so unknown members are passed over.</summary>
internal static class NotificationJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
}
