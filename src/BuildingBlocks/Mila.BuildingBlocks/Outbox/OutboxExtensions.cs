using System.Runtime.CompilerServices;
using Marten;
using MediatR;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>How a slice tells the other modules what happened.</summary>
public static class OutboxExtensions
{
    private static readonly ConditionalWeakTable<IDocumentSession, PendingNotifications> Pending = [];

    /// <summary>
    /// Tell every module that listens, once, after this session's changes are committed; never when they are not.
    /// The first <see cref="Guid"/> of the record names its aggregate: notifications of one aggregate reach a handler in the order of their commits.
    /// </summary>
    public static void Publish(this IDocumentSession session, INotification notification) => session.Pended().Add(session, notification, null);

    /// <summary>The same, not before <paramref name="due"/>. Survives restarts; a reminder is nothing else.</summary>
    public static void PublishAt(this IDocumentSession session, INotification notification, DateTimeOffset due) => session.Pended().Add(session, notification, due);

    internal static PendingNotifications Pended(this IDocumentSession session) => Pending.GetOrCreateValue(session);
}
