namespace Mila.Partners.Webhooks.Endpoints;

internal static class EndpointMails
{
    internal static Task WarnAsync(IDocumentSession session, WebhookEndpoint endpoint, int reached, string hoursLeft, CancellationToken ct) => Task.CompletedTask;

    internal static Task DisabledAsync(IDocumentSession session, WebhookEndpoint endpoint, CancellationToken ct) => Task.CompletedTask;
}
