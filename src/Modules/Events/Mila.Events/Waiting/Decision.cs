using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Values;

namespace Mila.Events.Waiting;

/// <summary>What was decided of one entry of a waiting line, by which rule, and why. It is never changed.</summary>
internal sealed class Decision : IDocument
{
    [JsonConstructor]
    private Decision(Guid id, Guid registrationId, Guid eventId, DecisionKind kind, string rule, int rank, int of, LocalizedText reason, DateTimeOffset at) =>
        (Id, RegistrationId, EventId, Kind, Rule, Rank, Of, Reason, At) = (id, registrationId, eventId, kind, rule, rank, of, reason, at);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid RegistrationId { get; }

    public Guid EventId { get; }

    public DecisionKind Kind { get; }

    /// <summary>Kebab-case: <c>next-in-line</c>, <c>group-needs-more-seats</c>…</summary>
    public string Rule { get; }

    /// <summary>Where it stood in line then, from 1; 0 when it no longer stood there.</summary>
    public int Rank { get; }

    /// <summary>Of how many.</summary>
    public int Of { get; }

    public LocalizedText Reason { get; }

    public DateTimeOffset At { get; }

    public static Decision Made(Guid registrationId, Guid eventId, DecisionKind kind, string rule, int rank, int of, LocalizedText reason, DateTimeOffset now) =>
        new(Guid.CreateVersion7(now), registrationId, eventId, kind, rule, rank, of, reason, now);
}

/// <summary>What was decided.</summary>
internal enum DecisionKind
{
    /// <summary>A place is held for it.</summary>
    Offered,

    /// <summary>A free place went to somebody behind it.</summary>
    Skipped,

    /// <summary>Its offer ran out, or it waited until the event began.</summary>
    Expired,

    /// <summary>Staff moved it.</summary>
    Moved,
}
