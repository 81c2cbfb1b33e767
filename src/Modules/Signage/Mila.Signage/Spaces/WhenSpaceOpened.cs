using Mila.Hosting.Contracts;

namespace Mila.Signage.Spaces;

/// <summary>The copy of what Hosting keeps; a space never changes its code nor its kind.</summary>
internal sealed class WhenSpaceOpened(IDocumentSession session) : INotificationHandler<SpaceOpened>
{
    public async Task Handle(SpaceOpened notification, CancellationToken ct)
    {
        if (await session.LoadAsync<KnownSpace>(notification.SpaceId, ct) is not null) return;

        session.Store(KnownSpace.Of(notification.SpaceId, notification.SpaceCode, notification.SpaceKind));
    }
}
