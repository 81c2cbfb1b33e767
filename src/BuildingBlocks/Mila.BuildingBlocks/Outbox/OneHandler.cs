using System.Collections.Concurrent;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>
/// What MediatR finds when it looks for the handlers of a notification: only the one whose row is being served. The others are not even made: one that
/// cannot be, because a setting of its module is missing, say, is no concern of the rest.
/// </summary>
internal sealed class OneHandlerProvider(IServiceProvider scope, Subscriber subscriber) : IServiceProvider
{
    private static readonly ConcurrentDictionary<Type, ObjectFactory> Factories = new();
    private readonly Type _handler = typeof(INotificationHandler<>).MakeGenericType(subscriber.Notification);

    public object? GetService(Type serviceType)
    {
        if (serviceType != typeof(IEnumerable<>).MakeGenericType(_handler)) return scope.GetService(serviceType);

        var found = Array.CreateInstance(_handler, 1);
        found.SetValue(Factories.GetOrAdd(subscriber.Handler, static type => ActivatorUtilities.CreateFactory(type, []))(scope, []), 0);
        return found;
    }
}

/// <summary>Lets the one handler act.</summary>
internal sealed class OneHandlerPublisher : INotificationPublisher
{
    public Task Publish(IEnumerable<NotificationHandlerExecutor> handlerExecutors, INotification notification, CancellationToken cancellationToken) =>
        handlerExecutors.Single().HandlerCallback(notification, cancellationToken);
}

/// <summary>The door for everybody else is shut: what is published past the outbox would be lost with its host, or told of what was rolled back.</summary>
internal sealed class ShutPublisher : INotificationPublisher
{
    public Task Publish(IEnumerable<NotificationHandlerExecutor> handlerExecutors, INotification notification, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Notifications are published through the session: session.Publish(...).");
}
