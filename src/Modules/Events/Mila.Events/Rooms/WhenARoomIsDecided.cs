using Mila.Hosting.Contracts;

namespace Mila.Events.Rooms;

/// <summary>The event shows whether it has its room. One handler for both answers, so that they are heard in the order in which they were given.</summary>
internal sealed class WhenARoomIsDecided(IDocumentSession session) : INotificationHandler<RoomConfirmed>, INotificationHandler<RoomRefused>
{
    public Task Handle(RoomConfirmed notification, CancellationToken ct) => HearAsync(notification.EventId, notification.Request, notification.Revision, RoomStatus.Confirmed, null, ct);

    public Task Handle(RoomRefused notification, CancellationToken ct) =>
        HearAsync(notification.EventId, notification.Request, notification.Revision, RoomStatus.Refused, new RoomReason(notification.Code, notification.ReasonFr, notification.ReasonEn), ct);

    private async Task HearAsync(Guid eventId, int request, int answer, RoomStatus status, RoomReason? reason, CancellationToken ct)
    {
        var room = await EventRoom.FindAsync(session, eventId, ct);
        if (room.Hear(request, answer, status, reason)) session.Store(room);
    }
}
