using System.Globalization;
using Mila.BuildingBlocks.Mail;
using Mila.Partners.Partners;

namespace Mila.Partners.Webhooks.Endpoints;

/// <summary>What a partner is told about an endpoint that fails. An endpoint of MILA itself has nobody to be told: staff see it in the list.</summary>
internal static class EndpointMails
{
    internal static Task WarnAsync(IDocumentSession session, WebhookEndpoint endpoint, int reached, TimeSpan left, TimeProvider clock, CancellationToken ct)
    {
        var hours = left.TotalHours.ToString("0", CultureInfo.InvariantCulture);
        return SendAsync(session, endpoint, clock, letter => letter
            .Subject($"Votre webhook ne répond plus ({reached} %)", $"Your webhook does not answer ({reached} %)")
            .Paragraph(
                $"Aucun message n'a pu être remis à {endpoint.Url} depuis un moment. Sans succès d'ici {hours} heures, ce point d'accès sera désactivé.",
                $"No message could be delivered to {endpoint.Url} for some time. Without a success within {hours} hours, this endpoint will be disabled."), ct);
    }

    internal static Task DisabledAsync(IDocumentSession session, WebhookEndpoint endpoint, TimeProvider clock, CancellationToken ct) =>
        SendAsync(session, endpoint, clock, letter => letter
            .Subject("Votre webhook est désactivé", "Your webhook is disabled")
            .Paragraph(
                endpoint.DisabledBecause == EndpointCare.Gone ? $"{endpoint.Url} a répondu 410 : plus rien ne lui est envoyé." : $"Plus rien n'est envoyé à {endpoint.Url} : tout y a échoué pendant 120 heures.",
                endpoint.DisabledBecause == EndpointCare.Gone ? $"{endpoint.Url} answered 410: nothing is sent there any more." : $"Nothing is sent to {endpoint.Url} any more: everything failed there for 120 hours.")
            .Paragraph("Vous pouvez le réactiver avec votre clé, par PATCH, enabled: true.", "You can enable it again with your key, by PATCH, enabled: true."), ct);

    private static async Task SendAsync(IDocumentSession session, WebhookEndpoint endpoint, TimeProvider clock, Func<Letter, Letter> write, CancellationToken ct)
    {
        if (endpoint.PartnerId is not { } partnerId || await session.LoadAsync<Partner>(partnerId, ct) is not { Terms.ContactEmail: { } address } partner) return;

        session.Send(write(Letter.To(address, partner.Terms.Name, "fr", $"webhook-endpoint:{endpoint.Id}")), clock);
    }
}
