using Mila.Partners.Webhooks.Secrets;
using Mila.Partners.Webhooks.Signing;

namespace Mila.Partners.Webhooks.Endpoints;

internal static class RotateWebhookSecret
{
    private const int DaySeconds = 24 * 60 * 60;

    /// <param name="GraceSeconds">How long the secret before still signs too, 0 to 604 800 (7 days); a day when it is left out.</param>
    /// <param name="Secret">A secret of the receiver's own, <c>whsec_…</c> or <c>whsk_…</c>; one is drawn when it is left out.</param>
    internal sealed record Request(int GraceSeconds = DaySeconds, string? Secret = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.GraceSeconds).InclusiveBetween(0, 7 * DaySeconds);
            RuleFor(r => r.Secret).MaximumLength(200);
        }
    }

    /// <summary>Give a webhook endpoint a new secret. For a while both sign, the new one first.</summary>
    internal static async Task<Results<Ok<ReadWebhookSecret.Response>, ProblemHttpResult>> Handle(
        Guid endpointId, Request? request, Caller caller, SecretVault vault, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var endpoint = await session.LoadEndpointAsync(endpointId, caller, ct);
        if (endpoint is null) return EndpointErrors.Unknown.ToProblem();

        request ??= new Request();
        var key = request.Secret is { } own ? WebhookKey.Parse(own) : WebhookKey.Generate(endpoint.Algorithm);
        if (key?.Algorithm != endpoint.Algorithm) return EndpointErrors.SecretRefused.At("/secret").ToProblem();
        if (!endpoint.Rotate(vault.Seal(endpoint.Id, key.Secret), TimeSpan.FromSeconds(request.GraceSeconds), clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(endpoint);
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(new ReadWebhookSecret.Response(key.Verifier));
    }
}
