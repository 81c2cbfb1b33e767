using System.Text.Json.Serialization;
using Mila.Events.Contracts;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>An event as Events last told us of it: what the full public form is made from.</summary>
internal sealed class KnownEvent : IDocument
{
    [JsonConstructor]
    private KnownEvent(Guid id, PublicEvent form) => (Id, Form) = (id, form);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public PublicEvent Form { get; private set; }

    public static KnownEvent Of(EventPublished e) =>
        new(e.EventId, new PublicEvent(e.EventId, e.Slug, e.Programme, new PublicTitle(e.TitleFr, e.TitleEn), "published", e.Month, e.StartsAt, e.EndsAt, e.SpaceCode, e.Audience, e.CoHosts, e.Revision, e.At));

    public void Published(EventPublished e) => Form = Of(e).Form;

    public void Changed(EventChanged e) => Form = Form with
    {
        Programme = e.Programme,
        Title = new PublicTitle(e.TitleFr, e.TitleEn),
        Audience = e.Audience,
        SpaceCode = e.SpaceCode,
        CoHosts = e.CoHosts,
        Version = e.Revision,
        UpdatedAt = e.At,
    };

    public void Moved(EventMoved e) => Form = Form with { Month = e.Month, StartsAt = e.StartsAt, EndsAt = e.EndsAt, SpaceCode = e.SpaceCode, CoHosts = e.CoHosts, Version = e.Revision, UpdatedAt = e.At };

    public void Cancelled(EventCancelled e) => Form = Form with { Status = "cancelled", Version = e.Revision, UpdatedAt = e.At };

    public void Unpublished(EventUnpublished e) => Form = Form with { Status = "planned", Version = e.Revision, UpdatedAt = e.At };

    public void Held(EventHeld e) => Form = Form with { Status = "held", StartsAt = e.StartsAt, EndsAt = e.EndsAt, Version = e.Revision, UpdatedAt = e.At };
}

/// <summary>The full public form of an event in a message.</summary>
internal sealed record PublicEvent(
    Guid Id, string Slug, string Programme, PublicTitle Title, string Status, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? SpaceCode, string Audience,
    IReadOnlyList<string> CoHosts, int Version, DateTimeOffset UpdatedAt);

/// <summary>A title in French and, where there is one, in English.</summary>
internal sealed record PublicTitle(string Fr, string? En);
