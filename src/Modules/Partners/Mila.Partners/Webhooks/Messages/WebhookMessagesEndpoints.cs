using Carter;
using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Partners.Webhooks.Messages;

internal sealed class WebhookMessagesEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var messages = app.MapGroup("/v1/webhook-messages").WithTags("Webhooks").RequireScope("partners:read");
        messages.MapLedger("/", ListWebhookMessages.Handle, ListWebhookMessages.Ledger).WithName(nameof(ListWebhookMessages));
        messages.MapLedger("/{messageId:maxlength(64)}/attempts", ListMessageAttempts.Handle, ListMessageAttempts.Ledger).WithName(nameof(ListMessageAttempts)).ProducesProblems(404);
        messages.MapPost<ResendWebhookMessage.Request>("/{messageId:maxlength(64)}/resend", ResendWebhookMessage.Handle).WithName(nameof(ResendWebhookMessage)).RequireScope("partners:write").ProducesProblems(404, 409);
    }
}
