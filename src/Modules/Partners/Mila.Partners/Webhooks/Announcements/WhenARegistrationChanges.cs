using Mila.Events.Contracts;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>
/// Tells of registrations, what happened to one in the order in which it happened: at once, or with the publication of the event where that is heard of later. Who comes where
/// concerns MILA, the network whose member it is and the partners that host the event too: nobody else is told, and not even they are told who the person is.
/// </summary>
internal sealed class WhenARegistrationChanges(IDocumentSession session, Announcer announcer)
    : INotificationHandler<RegistrationConfirmed>, INotificationHandler<RegistrationWaitlisted>, INotificationHandler<RegistrationOffered>, INotificationHandler<RegistrationDeclined>,
    INotificationHandler<RegistrationExpired>, INotificationHandler<RegistrationCancelled>, INotificationHandler<RegistrationAttended>, INotificationHandler<RegistrationMissed>
{
    public Task Handle(RegistrationConfirmed r, CancellationToken ct) => TellAsync(EventTypes.RegistrationConfirmed, r.RegistrationId, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.At, ct);

    public Task Handle(RegistrationWaitlisted r, CancellationToken ct) => TellAsync(EventTypes.RegistrationWaitlisted, r.RegistrationId, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.At, ct);

    public Task Handle(RegistrationOffered r, CancellationToken ct) => TellAsync(EventTypes.RegistrationOffered, r.RegistrationId, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.At, ct, r.ExpiresAt);

    public Task Handle(RegistrationDeclined r, CancellationToken ct) => TellAsync(EventTypes.RegistrationDeclined, r.RegistrationId, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.At, ct);

    public Task Handle(RegistrationExpired r, CancellationToken ct) => TellAsync(EventTypes.RegistrationExpired, r.RegistrationId, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.At, ct);

    public Task Handle(RegistrationCancelled r, CancellationToken ct) => TellAsync(EventTypes.RegistrationCancelled, r.RegistrationId, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.At, ct);

    public Task Handle(RegistrationAttended r, CancellationToken ct) => TellAsync(EventTypes.RegistrationAttended, r.RegistrationId, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.At, ct);

    public Task Handle(RegistrationMissed r, CancellationToken ct) => TellAsync(EventTypes.RegistrationMissed, r.RegistrationId, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.At, ct);

    private async Task TellAsync(
        string type, Guid id, Guid eventId, Guid? memberId, Guid? partnerId, int seats, int version, DateTimeOffset at, CancellationToken ct, DateTimeOffset? offerExpiresAt = null)
    {
        var news = new RegistrationToTell(eventId, type, id, memberId, partnerId, seats, version, at, offerExpiresAt);
        if ((await session.LoadAsync<KnownEvent>(eventId, ct) ?? await LookAgainAsync(eventId, ct)) is { } known)
        {
            await news.TellAsync(known, session, announcer, ct);
            return;
        }

        var early = await session.LoadAsync<EarlyRegistrations>(eventId, ct) ?? EarlyRegistrations.Of(eventId);
        early.Add(news);
        session.Store(early);
    }

    /// <summary>It was published before anybody registered, so it may be heard of at this moment.</summary>
    private async Task<KnownEvent?> LookAgainAsync(Guid eventId, CancellationToken ct)
    {
        await EarlyRegistrations.LockAsync(session, eventId, ct);
        return await session.LoadAsync<KnownEvent>(eventId, ct);
    }
}
