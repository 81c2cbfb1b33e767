using System.Reflection;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>One handler that wants one kind of notification.</summary>
/// <param name="Name">Stable: module and handler, <c>Signage.WhenMemberSuspended</c>. Renaming a handler orphans its waiting rows.</param>
internal sealed record Subscriber(string Name, Type Handler, Type Notification);

/// <summary>Who wants what, read once from the handlers that the modules registered.</summary>
internal sealed class Subscriptions
{
    private readonly Dictionary<Type, Subscriber[]> _byNotification;
    private readonly Dictionary<(string Subscriber, string Type), Subscriber> _byName;
    private readonly Dictionary<string, TimeSpan> _limits;

    public Subscriptions(IServiceCollection services)
    {
        var all = services
            .Where(s => s.ServiceType.IsGenericType && s.ServiceType.GetGenericTypeDefinition() == typeof(INotificationHandler<>))
            .Select(s => (Handler: s.ImplementationType ?? s.ImplementationInstance?.GetType(), Notification: s.ServiceType.GetGenericArguments()[0]))
            .Where(s => s.Handler is not null)
            .Select(s => new Subscriber($"{ModuleOf(s.Handler!)}.{s.Handler!.Name}", s.Handler, s.Notification))
            .Distinct()
            .ToArray();

        _byNotification = all.GroupBy(s => s.Notification).ToDictionary(g => g.Key, g => g.ToArray());
        _byName = all.ToDictionary(s => (s.Name, NameOf(s.Notification)));
        _limits = all.Select(s => (s.Name, Limit: s.Handler.GetCustomAttribute<HandlerLimitAttribute>()?.Limit)).Where(s => s.Limit is not null)
            .Distinct().ToDictionary(s => s.Name, s => s.Limit!.Value, StringComparer.Ordinal);
        Names = [.. all.Select(s => s.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The names of all handlers.</summary>
    public string[] Names { get; }

    /// <summary>The handlers of one kind of notification; none where no module listens.</summary>
    public IReadOnlyList<Subscriber> Of(Type notification) => _byNotification.TryGetValue(notification, out var found) ? found : [];

    /// <summary>The handler that a stored row was meant for; null when this host no longer knows it.</summary>
    public Subscriber? Find(string subscriber, string type) => _byName.GetValueOrDefault((subscriber, type));

    /// <summary>What a handler says that it may take; null when it says nothing.</summary>
    public TimeSpan? LimitOf(string subscriber) => _limits.TryGetValue(subscriber, out var limit) ? limit : null;

    /// <summary>The stored name of a notification: module and record, <c>Events.EventPublished</c>.</summary>
    public static string NameOf(Type notification) => $"{ModuleOf(notification)}.{notification.Name}";

    private static string ModuleOf(Type type)
    {
        var parts = (type.Namespace ?? "").Split('.');
        return parts is ["Mila", var module, ..] ? module : parts[^1];
    }
}
