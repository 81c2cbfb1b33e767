using Carter;
using Mila.BuildingBlocks.Api.Lists;
using Mila.Partners.Webhooks.Messages;

namespace Mila.Partners.Webhooks.Endpoints;

internal sealed class WebhookEndpointsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var endpoints = app.MapGroup("/v1/webhook-endpoints").WithTags("Webhooks").RequireScope("partners:write");
        endpoints.MapList("/", ListWebhookEndpoints.Handle, ListWebhookEndpoints.Definition).WithName(nameof(ListWebhookEndpoints)).RequireScope("partners:read");
        endpoints.MapPost<EndpointRequest>("/", OpenWebhookEndpoint.Handle).WithName(nameof(OpenWebhookEndpoint)).ProducesProblems(409);
        endpoints.MapGet("/{endpointId:guid}", ReadWebhookEndpoint.Handle).WithName(nameof(ReadWebhookEndpoint)).RequireScope("partners:read").ProducesProblems(404);
        endpoints.MapMergePatch("/{endpointId:guid}", ChangeWebhookEndpoint.Handle).WithName(nameof(ChangeWebhookEndpoint));
        endpoints.MapDelete("/{endpointId:guid}", CloseWebhookEndpoint.Handle).WithName(nameof(CloseWebhookEndpoint)).ProducesProblems(404, 412, 428);
        endpoints.MapGet("/{endpointId:guid}/secret", ReadWebhookSecret.Handle).WithName(nameof(ReadWebhookSecret)).ProducesProblems(404, 409);
        endpoints.MapPost<RotateWebhookSecret.Request>("/{endpointId:guid}/secret/rotation", RotateWebhookSecret.Handle).WithName(nameof(RotateWebhookSecret)).ProducesProblems(404, 409);
        endpoints.MapPost<RecoverWebhookEndpoint.Request>("/{endpointId:guid}/recovery", RecoverWebhookEndpoint.Handle).WithName(nameof(RecoverWebhookEndpoint)).ProducesProblems(404, 409);
        endpoints.MapGet("/{endpointId:guid}/statistics", ReadEndpointStatistics.Handle).WithName(nameof(ReadEndpointStatistics)).RequireScope("partners:read").ProducesProblems(404);
        endpoints.MapPost("/{endpointId:guid}/test", TestWebhookEndpoint.Handle).WithName(nameof(TestWebhookEndpoint)).ProducesProblems(404, 409);
        endpoints.MapLedger("/{endpointId:guid}/attempts", ListEndpointAttempts.Handle, ListEndpointAttempts.Ledger).WithName(nameof(ListEndpointAttempts)).RequireScope("partners:read").ProducesProblems(404);
    }
}
