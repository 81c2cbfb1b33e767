using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;

namespace Mila.Events.PartnerEvents;

/// <summary>What Partners has told us of an event of a partner's: the newest, by its revision. One that was withdrawn keeps nothing but that.</summary>
internal sealed class KnownPartnerEvent : IDocument
{
    [JsonConstructor]
    private KnownPartnerEvent(Guid id, Guid partnerId, PartnerEventSaid? said, int revision, DateTimeOffset updatedAt) => (Id, PartnerId, Said, Revision, UpdatedAt) = (id, partnerId, said, revision, updatedAt);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid PartnerId { get; private set; }

    /// <summary>Null once it was withdrawn.</summary>
    public PartnerEventSaid? Said { get; private set; }

    public int Revision { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static async Task<KnownPartnerEvent> FindAsync(IQuerySession session, Guid id, CancellationToken ct) =>
        await session.LoadAsync<KnownPartnerEvent>(id, ct) ?? new KnownPartnerEvent(id, Guid.Empty, said: null, revision: 0, default);

    public KnownPartnerEvent Is(Guid partnerId, PartnerEventSaid? said, int revision, DateTimeOffset at)
    {
        if (revision > Revision) (PartnerId, Said, Revision, UpdatedAt) = (partnerId, said, revision, at);
        return this;
    }
}

/// <summary>What the partner says of it.</summary>
internal sealed record PartnerEventSaid(
    EventTexts Texts, When When, Venue? Venue, Audience Audience, string Url, IReadOnlyList<string> Tags, Cancellation? Cancellation, DateTimeOffset FirstPushedAt, int Moves);
