namespace Mila.Events.Calls;

/// <summary>Opens and closes a call at its instants.</summary>
internal sealed class WhenCallIsDue(IDocumentSession session, CallLetters letters, TimeProvider clock) : INotificationHandler<CallIsDue>
{
    public async Task Handle(CallIsDue notification, CancellationToken ct)
    {
        if (await session.LoadLockedAsync<Call>(notification.CallId, ct) is { } call && CallClock.Follow(session, call, letters, clock)) session.Store(call);
    }
}
