using Mila.Events.Feeds;
using Mila.Partners.Contracts;

namespace Mila.Events.Networks;

/// <summary>From now on the partner is known here.</summary>
internal sealed class WhenPartnerRegistered(IDocumentSession session, TimeProvider clock) : INotificationHandler<PartnerRegistered>
{
    public async Task Handle(PartnerRegistered notification, CancellationToken ct)
    {
        var partner = await KnownPartner.FindAsync(session, notification.PartnerId, ct);
        session.Store(partner.Is(notification.Code, notification.Name, notification.Kind, notification.Reciprocity, notification.Revision));
        AgendaListener.CountAt(session, clock.GetUtcNow());
    }
}
