namespace Mila.Hosting.Rooms;

/// <summary>Gives a room to those who were refused, in the order in which they asked, as far as their hours are free now and not over. Each is told.</summary>
internal sealed class WhenARoomMayBeFree(IDocumentSession session, TimeProvider clock) : INotificationHandler<RoomMayBeFree>
{
    public async Task Handle(RoomMayBeFree notification, CancellationToken ct)
    {
        await session.LockNameAsync("space", notification.SpaceCode, ct);
        var book = await RoomBook.OpenAsync(session, notification.SpaceCode, ct);
        var now = clock.GetUtcNow();
        var refused = await session.Query<RoomHold>().Where(h => h.SpaceCode == notification.SpaceCode && h.Status == HoldStatus.Refused).ToListAsync(ct);
        foreach (var hold in refused.Where(h => h.EndsAt > now).OrderBy(h => h.AskedAt).ThenBy(h => h.Id))
        {
            if (hold.Answer(book.Refuses(hold), now) is not { } answer) continue;

            if (hold.IsConfirmed) book.Take(hold);
            session.Store(hold);
            session.Publish(answer);
        }
    }
}
