using Mila.BuildingBlocks.Values;
using Mila.Events.Contracts;

namespace Mila.Events.Calls;

/// <summary>Nobody is called onto a stage that will not be there: the calls of an event end with it, for its reason. One that has been announced stands.</summary>
internal sealed class WhenAnEventIsCalledOff(IDocumentSession session, CallLetters letters, CallSettings settings, TimeProvider clock) : INotificationHandler<EventCancelled>
{
    public async Task Handle(EventCancelled notification, CancellationToken ct)
    {
        var reason = new LocalizedText(notification.ReasonFr ?? "L'événement est annulé.", notification.ReasonFr is null ? "The event is cancelled." : notification.ReasonEn);
        foreach (var id in await session.Query<Call>().Where(c => c.Plan.EventId == notification.EventId).Select(c => c.Id).ToListAsync(ct))
        {
            if (await session.LoadLockedAsync<Call>(id, ct) is { } call) await CancelCall.CallOffAsync(session, call, reason, letters, settings, clock, ct);
        }
    }
}
