using Mila.Events.Contracts;

namespace Mila.Hosting.Rooms;

/// <summary>The room follows the event: it is asked for, asked for at another time or elsewhere, or given back. What is heard twice or late changes nothing.</summary>
internal sealed class WhenARoomIsAskedFor(IDocumentSession session, TimeProvider clock) : INotificationHandler<RoomRequested>, INotificationHandler<RoomReleased>
{
    public async Task Handle(RoomRequested notification, CancellationToken ct)
    {
        var book = await RoomBook.OpenAsync(session, notification.SpaceCode, ct);
        var hold = await RoomHold.FindAsync(session, notification.EventId, ct);
        var (had, hadRoom) = (hold.SpaceCode, hold.IsConfirmed);
        if (!hold.Ask(notification.SpaceCode, notification.StartsAt, notification.EndsAt, notification.Request, notification.At)) return;

        var answer = hold.Answer(book.Refuses(hold), clock.GetUtcNow());
        session.Store(hold);
        session.Publish(answer!);
        if (hadRoom) session.Publish(new RoomMayBeFree(hold.Id, had));
    }

    public async Task Handle(RoomReleased notification, CancellationToken ct)
    {
        var hold = await RoomHold.FindAsync(session, notification.EventId, ct);
        var hadRoom = hold.IsConfirmed;
        if (!hold.Release(notification.Request)) return;

        session.Store(hold);
        if (hadRoom) session.Publish(new RoomMayBeFree(hold.Id, hold.SpaceCode));
    }
}
