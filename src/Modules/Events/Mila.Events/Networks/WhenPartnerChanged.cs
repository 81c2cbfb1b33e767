using Mila.Events.Feeds;
using Mila.Partners.Contracts;

namespace Mila.Events.Networks;

/// <summary>The copy follows the partner.</summary>
internal sealed class WhenPartnerChanged(IDocumentSession session, TimeProvider clock) : INotificationHandler<PartnerChanged>
{
    public async Task Handle(PartnerChanged notification, CancellationToken ct)
    {
        var partner = await KnownPartner.FindAsync(session, notification.PartnerId, ct);
        session.Store(partner.Is(notification.Code, notification.Name, notification.Kind, notification.Reciprocity, notification.Revision));
        AgendaListener.CountAt(session, clock.GetUtcNow());
    }
}
