using Mila.Events.Contracts;
using Mila.Partners.Partners;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>
/// Tells of registrations, in the order in which it happened. Who comes where concerns MILA, the network whose member it is and the partners that host the event too: nobody
/// else is told, and not even they are told who the person is.
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
        var @event = (await session.LoadAsync<KnownEvent>(eventId, ct))?.Form;
        var hosts = @event?.CoHosts.ToArray() ?? [];
        var network = partnerId ?? Guid.Empty;
        var concerned = await session.Query<Partner>().Where(p => p.Id == network || p.Code.IsOneOf(hosts)).ToListAsync(ct);
        string[] programme = @event is null ? [] : [Channels.OfProgramme(@event.Programme)];
        string[] changed = offerExpiresAt is null ? ["status"] : ["status", "offerExpiresAt"];
        var thin = new ThinRegistration(id, eventId, memberId, partnerId, seats, offerExpiresAt, announcer.UrlOf($"/v1/registrations/{id}"), version, changed);
        await announcer.AnnounceAsync(
            new Announcement(type, id, at, thin, Channels: [.. programme, .. concerned.Select(p => Channels.OfPartner(p.Code))], Audience: [.. concerned.Select(p => p.Id)]), ct);
    }
}
