using Mila.BuildingBlocks.Api.OpenApi;

namespace Mila.Partners.Webhooks.Types;

/// <summary>What the contract says of each webhook, under <c>x-webhooks</c>.</summary>
internal sealed class WebhookCatalogue : IWebhookCatalogue
{
    public IReadOnlyList<WebhookDescription> Webhooks { get; } = [.. EventTypes.Catalogue.Select(type => new WebhookDescription(type.Name, type.Sentences, EventTypeSchemas.DataOf(type)))];
}
