using Mila.Events.Registrations;

namespace Mila.Events.Waiting;

/// <summary>Somebody in line may come now who might not before: the free seats that this one was passed over for go along the line again.</summary>
internal sealed class WhenLineMayMove(IDocumentSession session, Desks desks) : INotificationHandler<LineMayMove>
{
    public async Task Handle(LineMayMove notification, CancellationToken ct)
    {
        if (await desks.OpenAsync(session, notification.EventId, ct) is { } desk) await Desks.CloseAsync(session, desk, ct);
    }
}

/// <summary>A free seat of this event may go to somebody in line.</summary>
internal sealed record LineMayMove(Guid EventId) : INotification;
