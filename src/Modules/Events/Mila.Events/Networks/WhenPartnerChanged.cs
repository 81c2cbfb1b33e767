using Mila.Partners.Contracts;

namespace Mila.Events.Networks;

/// <summary>The copy follows the partner.</summary>
internal sealed class WhenPartnerChanged(IDocumentSession session) : INotificationHandler<PartnerChanged>
{
    public async Task Handle(PartnerChanged notification, CancellationToken ct)
    {
        var partner = await KnownPartner.FindAsync(session, notification.PartnerId, ct);
        session.Store(partner.Is(notification.Code, notification.Name, notification.Kind, notification.Reciprocity, notification.Revision));
    }
}
