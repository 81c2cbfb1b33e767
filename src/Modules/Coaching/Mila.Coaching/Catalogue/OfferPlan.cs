using Mila.BuildingBlocks.Values;

namespace Mila.Coaching.Catalogue;

/// <summary>Everything about a service that staff decide.</summary>
internal sealed record OfferPlan(
    LocalizedText Label, OfferKind Kind, OfferStatus Status, Minutes Minutes, IReadOnlyList<string> Experts, IReadOnlyList<string> Axes, int? YearlyTarget, string? Note)
{
    /// <summary>How long it goes on. Only a service that is not open may leave that undecided.</summary>
    public Result<Length> Length() => Kind is OfferKind.Slots ? LengthInSlots() : LengthOfOne();

    private Result<Length> LengthOfOne() => Minutes switch
    {
        { HasSlots: true } => OfferErrors.SlotsUnexpected.At(Minutes.FirstOfSlots),
        { Exact: { }, Min: { } } or { Exact: { }, Max: { } } => OfferErrors.LengthTwice.At("/minutes"),
        { Exact: { } minutes } => new Length.Exact(minutes),
        { Min: { } min, Max: { } max } when min > max => OfferErrors.LengthReversed.At("/minutesMax"),
        { Min: { } min, Max: { } max } => new Length.Between(min, max),
        { Min: { } } => OfferErrors.LengthHalf.At("/minutesMax"),
        { Max: { } } => OfferErrors.LengthHalf.At("/minutesMin"),
        _ => Undecided("/minutes"),
    };

    private Result<Length> LengthInSlots() => Minutes switch
    {
        { HasOne: true } => OfferErrors.MinutesUnexpected.At(Minutes.FirstOfOne),
        { Session: null, SlotMin: null, SlotMax: null, SessionsPerYear: null } => Undecided("/sessionMinutes"),
        { Session: null } => OfferErrors.SlotsHalf.At("/sessionMinutes"),
        { SlotMin: null } => OfferErrors.SlotsHalf.At("/slotMinutesMin"),
        { SlotMax: null } => OfferErrors.SlotsHalf.At("/slotMinutesMax"),
        { SlotMin: { } min, SlotMax: { } max } when min > max => OfferErrors.LengthReversed.At("/slotMinutesMax"),
        { SlotMax: { } max, Session: { } session } when max > session => OfferErrors.SlotTooLong.At("/slotMinutesMax"),
        { Session: { } session, SlotMin: { } min, SlotMax: { } max } => new Length.InSlots(session, min, max, Minutes.SessionsPerYear),
    };

    private Result<Length> Undecided(string pointer) => Status is OfferStatus.Open ? OfferErrors.LengthMissing.At(pointer) : new Length.Undecided();
}

/// <summary>Minutes as they are said, consistent or not; <see cref="OfferPlan.Length"/> judges.</summary>
internal sealed record Minutes(
    int? Exact = null, int? Min = null, int? Max = null, int? Session = null, int? SlotMin = null, int? SlotMax = null, int? SessionsPerYear = null)
{
    public bool HasOne => (Exact ?? Min ?? Max) is not null;

    public bool HasSlots => (Session ?? SlotMin ?? SlotMax ?? SessionsPerYear) is not null;

    public string FirstOfOne => Exact is not null ? "/minutes" : Min is not null ? "/minutesMin" : "/minutesMax";

    public string FirstOfSlots => Session is not null ? "/sessionMinutes" : SlotMin is not null ? "/slotMinutesMin" : SlotMax is not null ? "/slotMinutesMax" : "/sessionsPerYear";
}

/// <summary>How a company comes to it.</summary>
internal enum OfferKind
{
    /// <summary>By an appointment of its own.</summary>
    Individual,

    /// <summary>By a slot of an expert's session.</summary>
    Slots,
}

/// <summary>Whether companies may ask for it.</summary>
internal enum OfferStatus
{
    /// <summary>They may.</summary>
    Open,

    /// <summary>Not yet: members are being asked whether they want it.</summary>
    Proposed,

    /// <summary>No longer.</summary>
    Closed,
}
