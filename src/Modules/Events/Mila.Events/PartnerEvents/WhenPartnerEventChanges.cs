using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Partners.Contracts;

namespace Mila.Events.PartnerEvents;

/// <summary>The agenda follows what partners say of their own events.</summary>
internal sealed class WhenPartnerEventChanges(IDocumentSession session) : INotificationHandler<PartnerEventPushed>, INotificationHandler<PartnerEventWithdrawn>
{
    public async Task Handle(PartnerEventPushed e, CancellationToken ct)
    {
        var known = await KnownPartnerEvent.FindAsync(session, e.PartnerEventId, ct);
        session.Store(known.Is(e.PartnerId, Said(e), e.Revision, e.At));
    }

    public async Task Handle(PartnerEventWithdrawn e, CancellationToken ct)
    {
        var known = await KnownPartnerEvent.FindAsync(session, e.PartnerEventId, ct);
        session.Store(known.Is(e.PartnerId, said: null, e.Revision, e.At));
    }

    private static PartnerEventSaid Said(PartnerEventPushed e) => new(
        new EventTexts(new LocalizedText(e.TitleFr, e.TitleEn), e.SummaryFr is { } summary ? new LocalizedText(summary, e.SummaryEn) : null),
        e is { StartsAt: { } start, EndsAt: { } end } ? new When.Scheduled(start, end) : e.Month is { } month ? new When.InMonth(month) : new When.Undated(),
        e.VenueMode is { } mode ? new Venue(Enum.Parse<VenueMode>(mode, ignoreCase: true), e.VenueName, e.VenueAddress, e.VenueUrl) : null,
        Enum.Parse<Audience>(e.Audience, ignoreCase: true), e.Url, e.Tags,
        e.CancelledAt is { } at ? new Cancellation(new LocalizedText(e.CancellationReasonFr ?? "Annulé par l'organisateur.", e.CancellationReasonFr is null ? "Cancelled by its organiser." : e.CancellationReasonEn), at) : null,
        e.FirstPushedAt, e.Moves);
}
