using System.Text.Json.Serialization;
using Mila.Partners.Webhooks.Messages;

namespace Mila.Partners.Webhooks.Endpoints;

/// <summary>Where a partner wants to be told, and of what.</summary>
internal sealed class WebhookEndpoint : IDocument
{
    internal const int MaxEventTypes = 50;
    internal const int MaxChannels = 20;
    internal const int MaxDescription = 500;
    internal const int MaxRatePerSecond = 1000;

    /// <summary>Secrets that sign at a time: the current one and those in their grace.</summary>
    internal const int MaxSecrets = 4;

    [JsonConstructor]
    private WebhookEndpoint(
        Guid id, Guid? partnerId, string url, IReadOnlyList<string> eventTypes, IReadOnlyList<string> channels, string? description, PayloadForm payload, Manners manners,
        string algorithm, IReadOnlyList<SealedSecret> secrets, bool enabled, DateTimeOffset enabledAt, string? disabledBecause, DateTimeOffset createdAt, DateTimeOffset updatedAt)
    {
        Id = id;
        PartnerId = partnerId;
        Url = url;
        EventTypes = eventTypes;
        Channels = channels;
        Description = description;
        Payload = payload;
        Manners = manners;
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

    /// <summary>Only messages of one of these <see cref="Webhooks.Channels"/>; none means every message.</summary>
    public IReadOnlyList<string> Channels { get; private set; }

    public string? Description { get; private set; }

    public PayloadForm Payload { get; private set; }

    public Manners Manners { get; private set; }

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
        new(id, partnerId, terms.Url, terms.EventTypes, terms.Channels, terms.Description, terms.Payload, terms.Manners, algorithm, [new SealedSecret(sealedSecret, now, null)], terms.Enabled, now, null, now, now);

    /// <summary>Everything that its owner may change.</summary>
    internal void Change(EndpointTerms terms, DateTimeOffset now)
    {
        if (terms.Enabled && !Enabled) EnabledAt = now;
        if (terms.Enabled != Enabled) DisabledBecause = null;
        (Url, EventTypes, Channels, Description) = (terms.Url, terms.EventTypes, terms.Channels, terms.Description);
        (Payload, Manners, Enabled, UpdatedAt) = (terms.Payload, terms.Manners, terms.Enabled, now);
    }

    /// <summary>Sign with a new secret, and for a while with the one before too (API.md W3).</summary>
    internal Result Rotate(string sealedSecret, TimeSpan grace, DateTimeOffset now)
    {
        // Those that go on signing beside it: none without a grace, so that a secret that got about is revoked at once, however many there are.
        SealedSecret[] kept = [.. Secrets.Select(s => s.RetiresBy(now + grace)).Where(s => s.RetiresAt > now)];
        if (kept.Length >= MaxSecrets) return EndpointErrors.RotatedTooOften;

        Secrets = [new SealedSecret(sealedSecret, now, null), .. kept];
        UpdatedAt = now;
        return Result.Done;
    }

    /// <summary>Taken out of service by the delivery itself. False when it already was.</summary>
    internal bool Disable(string because, DateTimeOffset now)
    {
        if (!Enabled) return false;

        (Enabled, DisabledBecause, UpdatedAt) = (false, because, now);
        return true;
    }

    /// <summary>True when it asked for messages of this type and these channels, and whoever owns it may know.</summary>
    internal bool Wants(Announcement announcement) =>
        Enabled
        && (EventTypes.Count == 0 || EventTypes.Any(wanted => Types.EventTypes.Covers(wanted, announcement.Type)))
        && (Channels.Count == 0 || (announcement.Channels is { } concerned && Channels.Any(concerned.Contains)))
        && (PartnerId is not { } owner || announcement.Audience is not { } audience || audience.Contains(owner));

    /// <summary>Every type that it asked for.</summary>
    internal IReadOnlyList<string> WantedTypes() => EventTypes.Count == 0 ? Types.EventTypes.All : [.. EventTypes.SelectMany(Types.EventTypes.Covered).Distinct(StringComparer.Ordinal)];
}

/// <summary>What the owner of an endpoint decides.</summary>
internal sealed record EndpointTerms(string Url, IReadOnlyList<string> EventTypes, IReadOnlyList<string> Channels, string? Description, PayloadForm Payload, bool Enabled, Manners Manners);

/// <summary>How an endpoint wants to be spoken to.</summary>
/// <param name="RatePerSecond">The most attempts a second of each host; null is no limit.</param>
/// <param name="Ordered">One resource, one message at a time.</param>
/// <param name="CloudEvents">With <c>ce-</c> headers.</param>
internal sealed record Manners(int? RatePerSecond, bool Ordered, bool CloudEvents);

/// <summary>A signing secret as it is kept.</summary>
/// <param name="Box">Sealed by the vault for this endpoint.</param>
/// <param name="RetiresAt">After this it no longer signs; null for the current one.</param>
internal sealed record SealedSecret(string Box, DateTimeOffset CreatedAt, DateTimeOffset? RetiresAt)
{
    /// <summary>The same, retiring at this time or earlier.</summary>
    internal SealedSecret RetiresBy(DateTimeOffset at) => RetiresAt <= at ? this : this with { RetiresAt = at };
}

/// <summary>How much a message says (API.md W4).</summary>
internal enum PayloadForm
{
    /// <summary>Ids, URL and what changed.</summary>
    Thin,

    /// <summary>The full public form, where a message has one.</summary>
    Full,
}
