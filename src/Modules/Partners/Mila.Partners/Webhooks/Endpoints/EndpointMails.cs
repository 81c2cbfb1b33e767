using System.Globalization;
using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Hosting;
using Mila.BuildingBlocks.Mail;
using Mila.Partners.Partners;

namespace Mila.Partners.Webhooks.Endpoints;

/// <summary>Who is told of an endpoint that fails and whose partner has no address, or that is MILA's own.</summary>
/// <param name="Addresses"><c>Webhooks__TellTo</c>, joined by commas; unless set, the address that mails come from (<c>Mail__From</c>), where that is.</param>
internal sealed record WebhookStaff(IReadOnlyList<string> Addresses)
{
    public static WebhookStaff From(IConfiguration configuration)
    {
        if (configuration["Webhooks:TellTo"] is not { Length: > 0 } said) return new WebhookStaff(System.Net.Mail.MailAddress.TryCreate(configuration["Mail:From"], out var sender) ? [sender.Address] : []);

        var to = said.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.TrueForAll(to, a => System.Net.Mail.MailAddress.TryCreate(a, out var parsed) && parsed.Address == a)
            ? new WebhookStaff(to)
            : throw new SettingException("Webhooks:TellTo is addresses joined by commas.");
    }
}

/// <summary>What is said about an endpoint that fails: to its partner, or to staff where there is nobody else to be told.</summary>
internal sealed class EndpointMails(WebhookStaff staff, TimeProvider clock)
{
    internal Task WarnAsync(IDocumentSession session, WebhookEndpoint endpoint, int reached, TimeSpan left, CancellationToken ct)
    {
        var hours = left.TotalHours.ToString("0", CultureInfo.InvariantCulture);
        return SendAsync(session, endpoint, (letter, whose) => letter
            .Subject(whose is null ? $"Votre webhook ne répond plus ({reached} %)" : $"Un webhook ne répond plus ({reached} %) : {whose}", whose is null ? $"Your webhook does not answer ({reached} %)" : $"A webhook does not answer ({reached} %): {whose}")
            .Paragraph(
                $"Aucun message n'a pu être remis à {endpoint.Url} depuis un moment. Après {hours} heures d'essais de plus sans succès, ce point d'accès sera désactivé.",
                $"No message could be delivered to {endpoint.Url} for some time. After {hours} more hours of attempts without a success, this endpoint will be disabled."), ct);
    }

    internal Task DisabledAsync(IDocumentSession session, WebhookEndpoint endpoint, CancellationToken ct) =>
        SendAsync(session, endpoint, (letter, whose) => letter
            .Subject(whose is null ? "Votre webhook est désactivé" : $"Un webhook est désactivé : {whose}", whose is null ? "Your webhook is disabled" : $"A webhook is disabled: {whose}")
            .Paragraph(
                endpoint.DisabledBecause == EndpointCare.Gone ? $"{endpoint.Url} a répondu 410 : plus rien ne lui est envoyé." : $"Plus rien n'est envoyé à {endpoint.Url} : tout y a échoué pendant 120 heures.",
                endpoint.DisabledBecause == EndpointCare.Gone ? $"{endpoint.Url} answered 410: nothing is sent there any more." : $"Nothing is sent to {endpoint.Url} any more: everything failed there for 120 hours.")
            .Paragraph("Vous pouvez le réactiver avec votre clé, par PATCH, enabled: true.", "You can enable it again with your key, by PATCH, enabled: true."), ct);

    /// <param name="session">In whose transaction.</param>
    /// <param name="endpoint">Which fails.</param>
    /// <param name="write">Writes it; to staff it says whose endpoint it is.</param>
    /// <param name="ct">Stops it.</param>
    private async Task SendAsync(IDocumentSession session, WebhookEndpoint endpoint, Func<Letter, string?, Letter> write, CancellationToken ct)
    {
        var partner = endpoint.PartnerId is { } partnerId ? await session.LoadAsync<Partner>(partnerId, ct) : null;
        var about = $"webhook-endpoint:{endpoint.Id}";
        if (partner?.Terms.ContactEmail is { } address)
        {
            session.Send(write(Letter.To(address, partner.Terms.Name, "fr", about), null), clock);
            return;
        }

        foreach (var member in staff.Addresses) session.Send(write(Letter.To(member, null, "fr", about), partner?.Terms.Name ?? "MILA"), clock);
    }
}
