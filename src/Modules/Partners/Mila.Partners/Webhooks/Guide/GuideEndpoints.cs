using Carter;

namespace Mila.Partners.Webhooks.Guide;

internal sealed class GuideEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/webhooks", ReadWebhookGuide.Handle).WithTags("Webhooks").Public().NotLimited().WithName(nameof(ReadWebhookGuide)).Produces(200, contentType: "text/html").Produces(304);
}
