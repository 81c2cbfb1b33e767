using System.Text.Json.Serialization;

namespace Mila.Events.Networks;

/// <summary>What Partners has told us of an agreement, as far as it is about events: the newest, by its revision.</summary>
internal sealed class KnownAgreement : IDocument
{
    [JsonConstructor]
    private KnownAgreement(Guid id, Guid partnerId, DateOnly startsOn, DateOnly? endsOn, bool given, bool received, int seatsPerEvent, int releasedHoursBefore, int revision) =>
        (Id, PartnerId, StartsOn, EndsOn, Given, Received, SeatsPerEvent, ReleasedHoursBefore, Revision) = (id, partnerId, startsOn, endsOn, given, received, seatsPerEvent, releasedHoursBefore, revision);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid PartnerId { get; private set; }

    public DateOnly StartsOn { get; private set; }

    /// <summary>Its last day, included; null while no end is agreed.</summary>
    public DateOnly? EndsOn { get; private set; }

    /// <summary>Whether MILA's events are open to the partner's members.</summary>
    public bool Given { get; private set; }

    /// <summary>Whether the partner's events are open to MILA's members.</summary>
    public bool Received { get; private set; }

    /// <summary>Seats kept for the partner's members at each event for networks.</summary>
    public int SeatsPerEvent { get; private set; }

    /// <summary>How many hours before the start those that nobody took are free for everybody.</summary>
    public int ReleasedHoursBefore { get; private set; }

    public int Revision { get; private set; }

    public static async Task<KnownAgreement> FindAsync(IQuerySession session, Guid agreementId, CancellationToken ct) =>
        await session.LoadAsync<KnownAgreement>(agreementId, ct) ?? Unheard(agreementId);

    public static KnownAgreement Unheard(Guid agreementId) => new(agreementId, Guid.Empty, default, endsOn: null, given: false, received: false, seatsPerEvent: 0, releasedHoursBefore: 0, revision: 0);

    public KnownAgreement Says(Guid partnerId, string direction, DateOnly startsOn, DateOnly? endsOn, bool events, int seatsPerEvent, int releasedHoursBefore, int revision)
    {
        if (revision <= Revision) return this;

        (PartnerId, StartsOn, EndsOn, Revision) = (partnerId, startsOn, endsOn, revision);
        (Given, Received) = (events && direction != "received", events && direction != "given");
        (SeatsPerEvent, ReleasedHoursBefore) = (Given ? seatsPerEvent : 0, releasedHoursBefore);
        return this;
    }

    public KnownAgreement Ended(Guid partnerId, DateOnly on, int revision)
    {
        if (revision > Revision) (PartnerId, EndsOn, Revision) = (partnerId, on, revision);
        return this;
    }

    /// <summary>Whether it holds on some day from the first to the last.</summary>
    public bool HoldsBetween(DateOnly first, DateOnly last) => StartsOn <= last && (EndsOn is not { } end || (first <= end && StartsOn <= end));
}
