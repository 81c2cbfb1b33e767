using Mila.BuildingBlocks.Api.Lists;
using Mila.Partners.Webhooks.Secrets;

namespace Mila.Partners.Webhooks.Endpoints;

internal static class ListWebhookEndpoints
{
    internal static readonly ListOf<WebhookEndpoint> Definition = new ListOf<WebhookEndpoint>()
        .Sort("createdAt", e => e.CreatedAt)
        .Sort("updatedAt", e => e.UpdatedAt)
        .Filter("partnerId", e => e.PartnerId)
        .Filter("enabled", e => e.Enabled)
        .UpdatedSince(e => e.UpdatedAt);

    /// <summary>List the webhook endpoints. A partner's key sees its own.</summary>
    internal static Task<Results<Ok<Page<EndpointResponse>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, SecretVault vault, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, e => EndpointResponse.Of(e, vault), ct, caller.PartnerId is { } own ? [(e => e.PartnerId, own.ToString())] : []);
}
