using Mila.Partners.Webhooks.Signing;

namespace Mila.Partners.Webhooks.Endpoints;

/// <summary>What the owner of an endpoint decides.</summary>
/// <param name="Url">Where to: public https on port 443 or 8443, at most 2 048 characters.</param>
/// <param name="PartnerId">Whose it is; a partner's key opens its own. Never changes.</param>
/// <param name="EventTypes">Which types, such as <c>event.published</c> or <c>event.*</c>; none means all.</param>
/// <param name="Channels">Only about these: <c>programme:club-mila</c>, <c>partner:map</c>; none means all. Staff may name partners that are registered; the code of a programme is taken as it is written, since one may have no event yet.</param>
/// <param name="Description">What it is for, at most 500 characters.</param>
/// <param name="Enabled">Whether it is sent to.</param>
/// <param name="Algorithm"><c>v1</c> (HMAC-SHA256) or <c>v1a</c> (Ed25519). Never changes.</param>
/// <param name="Payload"><c>thin</c>, or <c>full</c> for the full public form of <c>event.*</c> and <c>partner.*</c>.</param>
/// <param name="RatePerSecond">The most attempts a second that each of our hosts makes, 1 to 1 000; no limit when it is left out.</param>
/// <param name="Ordered">Whether what happened to one resource waits until what happened to it before has arrived.</param>
/// <param name="CloudEvents">Whether the attributes of CloudEvents 1.0 are sent too, as <c>ce-</c> headers (binary mode).</param>
internal sealed record EndpointRequest(
    string Url, Guid? PartnerId = null, IReadOnlyList<string>? EventTypes = null, IReadOnlyList<string>? Channels = null, string? Description = null, bool Enabled = true,
    string Algorithm = WebhookKey.V1, PayloadForm Payload = PayloadForm.Thin, int? RatePerSecond = null, bool Ordered = false, bool CloudEvents = false)
{
    public EndpointTerms ToTerms(Uri url) => new(url.AbsoluteUri, EventTypes ?? [], Channels ?? [], Description, Payload, Enabled, new Manners(RatePerSecond, Ordered, CloudEvents));

    /// <summary>What a patch starts from.</summary>
    public static EndpointRequest Of(WebhookEndpoint e) => new(e.Url, e.PartnerId, e.EventTypes, e.Channels, e.Description, e.Enabled, e.Algorithm, e.Payload, e.Manners.RatePerSecond, e.Manners.Ordered, e.Manners.CloudEvents);

    internal sealed class Validator : AbstractValidator<EndpointRequest>
    {
        public Validator()
        {
            RuleFor(e => e.Url).NotEmpty().MaximumLength(Guard.WebhookUrl.MaxLength);
            RuleFor(e => e.EventTypes!).AtMost(WebhookEndpoint.MaxEventTypes).When(e => e.EventTypes is not null);
            RuleForEach(e => e.EventTypes).Must(type => type is not null && Types.EventTypes.Knows(type)).WithErrorCode("unknown-value").WithMessage(_ => Languages.Say("There is no such event type.", "Ce type d’événement n’existe pas."));
            RuleFor(e => e.Channels!).AtMost(WebhookEndpoint.MaxChannels).When(e => e.Channels is not null);
            RuleForEach(e => e.Channels).Must(channel => channel is not null && Webhooks.Channels.Knows(channel)).WithErrorCode("wrong-format").WithMessage(_ => Languages.Say("programme: or partner: and a code.", "programme: ou partner: et un code."));
            RuleFor(e => e.Description).MaximumLength(WebhookEndpoint.MaxDescription);
            RuleFor(e => e.Algorithm).Must(a => a is WebhookKey.V1 or WebhookKey.V1a).WithErrorCode("unknown-value").WithMessage(_ => Languages.Say("v1 or v1a.", "v1 ou v1a."));
            RuleFor(e => e.Payload).IsInEnum();
            RuleFor(e => e.RatePerSecond).InclusiveBetween(1, WebhookEndpoint.MaxRatePerSecond);
        }
    }
}
