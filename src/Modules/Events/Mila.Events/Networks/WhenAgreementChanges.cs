using Mila.Events.Agenda;
using Mila.Events.Feeds;
using Mila.Partners.Contracts;

namespace Mila.Events.Networks;

/// <summary>The copy follows the agreement; so does who may come, and how many seats are kept at what is announced already.</summary>
internal sealed class WhenAgreementChanges(IDocumentSession session, TimeProvider clock) : INotificationHandler<AgreementSigned>, INotificationHandler<AgreementChanged>, INotificationHandler<AgreementEnded>
{
    public async Task Handle(AgreementSigned a, CancellationToken ct)
    {
        var known = await KnownAgreement.FindAsync(session, a.AgreementId, ct);
        await FollowAsync(known.Says(a.PartnerId, a.Direction, a.StartsOn, a.EndsOn, a.Events, a.SeatsPerEvent, a.SeatsReleasedHoursBefore, a.Revision), ct);
    }

    public async Task Handle(AgreementChanged a, CancellationToken ct)
    {
        var known = await KnownAgreement.FindAsync(session, a.AgreementId, ct);
        await FollowAsync(known.Says(a.PartnerId, a.Direction, a.StartsOn, a.EndsOn, a.Events, a.SeatsPerEvent, a.SeatsReleasedHoursBefore, a.Revision), ct);
    }

    public async Task Handle(AgreementEnded a, CancellationToken ct)
    {
        var known = await KnownAgreement.FindAsync(session, a.AgreementId, ct);
        await FollowAsync(known.Ended(a.PartnerId, a.EndedOn, a.Revision), ct);
    }

    private async Task FollowAsync(KnownAgreement agreement, CancellationToken ct)
    {
        session.Store(agreement);
        AgendaListener.CountAt(session, clock.GetUtcNow());
        // Wherever its people may wait: professionals come by an agreement too, and an event that has lost its limit may have a line of those who were not welcome.
        var announced = await session.Query<Event>().Where(e => e.Status == EventStatus.Published && (e.Audience == Audience.Network || e.Audience == Audience.Professionals)).Select(e => e.Id).ToListAsync(ct);
        foreach (var eventId in announced) session.Publish(new SeatsAreKeptOtherwise(eventId));
    }
}
