using Mila.BuildingBlocks.Api.OpenApi;

namespace Mila.Partners.Webhooks.Types;

/// <summary>What the contract says of each webhook, under <c>x-webhooks</c>.</summary>
internal sealed class WebhookCatalogue : IWebhookCatalogue
{
    public IReadOnlyList<(string Type, string Description)> Webhooks { get; } = [.. EventTypes.Catalogue.Select(type => (type.Name, type.Description))];
}
