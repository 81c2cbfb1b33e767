using Mila.BuildingBlocks.Api.OpenApi;

namespace Mila.Partners.Webhooks;

/// <summary>What the contract says of each webhook, under <c>x-webhooks</c>.</summary>
internal sealed class WebhookCatalogue : IWebhookCatalogue
{
    public IReadOnlyList<(string Type, string Description)> Webhooks { get; } =
        [.. EventTypes.All.Select(type => (type, type.Split('.') is [var resource, var verb] ? $"{Article(resource)} {resource} {Passive(verb)}." : type))];

    private static string Article(string resource) => resource[0] is 'a' or 'e' or 'i' or 'o' ? "An" : "A";

    private static string Passive(string verb) => verb switch
    {
        "joined" or "left" or "started" or "ended" => $"has {verb}",
        _ => $"was {verb}",
    };
}
