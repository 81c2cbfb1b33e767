using System.Text.Json.Serialization;

namespace Mila.Partners.Webhooks.Endpoints;

/// <summary>Where a partner wants to be told, and of what.</summary>
internal sealed class WebhookEndpoint : IDocument
{
    internal const int MaxEventTypes = 50;
    internal const int MaxChannels = 20;
    internal const int MaxDescription = 500;

    [JsonConstructor]
    private WebhookEndpoint(
        Guid id, Guid? partnerId, string url, IReadOnlyList<string> eventTypes, IReadOnlyList<string> channels, string? description, PayloadForm payload,
        string algorithm, IReadOnlyList<SealedSecret> secrets, bool enabled, DateTimeOffset enabledAt, string? disabledBecause, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    {
        Id = id;
        PartnerId = partnerId;
        Url = url;
        EventTypes = eventTypes;
        Channels = channels;
        Description = description;
        Payload = payload;
        Algorithm = algorithm;
        Secrets = secrets;
        Enabled = enabled;
        EnabledAt = enabledAt;
        DisabledBecause = disabledBecause;
        CreatedAt = createdAt;
        UpdatedAt = updatedAt;
    }

    public Guid Id { get; private set; }

    /// <summary>Whose it is; null for one of MILA itself.</summary>
    public Guid? PartnerId { get; private set; }

    /// <summary>In the canonical form of <see cref="Guard.WebhookUrl"/>.</summary>
    public string Url { get; private set; }

    /// <summary><c>event.published</c>, or <c>event.*</c> for all of a resource; none means every type.</summary>
    public IReadOnlyList<string> EventTypes { get; private set; }

    /// <summary>Only messages of one of these channels (codes of programmes); none means every message.</summary>
    public IReadOnlyList<string> Channels { get; private set; }

    public string? Description { get; private set; }

    public PayloadForm Payload { get; private set; }

    /// <summary><c>v1</c> or <c>v1a</c>.</summary>
    public string Algorithm { get; private set; }

    /// <summary>Sealed, the newest first; more than one only during a rotation.</summary>
    public IReadOnlyList<SealedSecret> Secrets { get; private set; }

    public bool Enabled { get; private set; }

    /// <summary>When it was last enabled: failures before this do not count against it.</summary>
    public DateTimeOffset EnabledAt { get; private set; }

    /// <summary><c>gone</c>, <c>failing</c>, or null when a person did it.</summary>
    public string? DisabledBecause { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    [JsonIgnore]
    public Guid Version { get; set; }

    internal static WebhookEndpoint Open(Guid id, Guid? partnerId, EndpointTerms terms, string algorithm, string sealedSecret, DateTimeOffset now) =>
        new(id, partnerId, terms.Url, terms.EventTypes, terms.Channels, terms.Description, terms.Payload, algorithm, [new SealedSecret(sealedSecret, now, null)], terms.Enabled, now, null, now, now);

    /// <summary>Everything that its owner may change.</summary>
    internal void Change(EndpointTerms terms, DateTimeOffset now)
    {
        if (terms.Enabled && !Enabled) EnabledAt = now;
        if (terms.Enabled != Enabled) DisabledBecause = null;
        (Url, EventTypes, Channels, Description, Payload, Enabled, UpdatedAt) = (terms.Url, terms.EventTypes, terms.Channels, terms.Description, terms.Payload, terms.Enabled, now);
    }

    /// <summary>Taken out of service by the delivery itself. False when it already was.</summary>
    internal bool Disable(string because, DateTimeOffset now)
    {
        if (!Enabled) return false;

        (Enabled, DisabledBecause, UpdatedAt) = (false, because, now);
        return true;
    }

    /// <summary>True when it asked for messages of this type and these channels.</summary>
    internal bool Wants(string type, IReadOnlyCollection<string> channels) =>
        Enabled
        && (EventTypes.Count == 0 || EventTypes.Any(wanted => Covers(wanted, type)))
        && (Channels.Count == 0 || Channels.Any(channels.Contains));

    private static bool Covers(string wanted, string type) =>
        wanted == type || (wanted.EndsWith(".*", StringComparison.Ordinal) && type.StartsWith(wanted[..^1], StringComparison.Ordinal));
}

/// <summary>What the owner of an endpoint decides.</summary>
internal sealed record EndpointTerms(string Url, IReadOnlyList<string> EventTypes, IReadOnlyList<string> Channels, string? Description, PayloadForm Payload, bool Enabled);

/// <summary>A signing secret as it is kept.</summary>
/// <param name="Box">Sealed by the vault for this endpoint.</param>
/// <param name="RetiresAt">After this it no longer signs; null for the current one.</param>
internal sealed record SealedSecret(string Box, DateTimeOffset CreatedAt, DateTimeOffset? RetiresAt);

/// <summary>How much a message says (API.md W4).</summary>
internal enum PayloadForm
{
    /// <summary>Ids, URL and what changed.</summary>
    Thin,

    /// <summary>The full public form, where a message has one.</summary>
    Full,
}
