using Mila.Partners.Webhooks.Secrets;

namespace Mila.Partners.Webhooks.Endpoints;

/// <summary>A webhook endpoint as the API shows it, without its secret; its members mean what they mean in <see cref="EndpointRequest"/>.</summary>
/// <param name="CanSign">Whether this server can open what it signs with. When not, the server's key is another one than when that was drawn, and what the endpoint is told waits: rotate the secret.</param>
/// <param name="DisabledBecause"><c>gone</c> or <c>failing</c> when it was taken out of service by what it answered; else null.</param>
internal sealed record EndpointResponse(
    Guid Id, Guid? PartnerId, string Url, IReadOnlyList<string> EventTypes, IReadOnlyList<string> Channels, string? Description, bool Enabled, string? DisabledBecause, string Algorithm,
    PayloadForm Payload, int? RatePerSecond, bool Ordered, bool CloudEvents, bool CanSign, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static EndpointResponse Of(WebhookEndpoint e, SecretVault vault) =>
        new(e.Id, e.PartnerId, e.Url, e.EventTypes, e.Channels, e.Description, e.Enabled, e.DisabledBecause, e.Algorithm, e.Payload, e.Manners.RatePerSecond, e.Manners.Ordered, e.Manners.CloudEvents, vault.TryUnseal(e.Id, e.Secrets[0].Box) is not null,
            e.CreatedAt, e.UpdatedAt);
}
