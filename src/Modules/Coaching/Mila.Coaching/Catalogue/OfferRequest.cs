using Mila.BuildingBlocks.Values;

namespace Mila.Coaching.Catalogue;

/// <summary>What staff say of a service.</summary>
/// <param name="Code">Lower-case words joined by hyphens, at most 50 characters; never changes.</param>
/// <param name="Label">Its name, 1 to 200 characters a language.</param>
/// <param name="Kind"><c>individual</c>, or <c>slots</c> of an expert's session.</param>
/// <param name="Status"><c>open</c>, <c>proposed</c> while members are being asked, or <c>closed</c>.</param>
/// <param name="Minutes">How long it lasts, 5 to 1 440, where that is always the same.</param>
/// <param name="MinutesMin">How long it lasts at least, else.</param>
/// <param name="MinutesMax">How long it lasts at most, else.</param>
/// <param name="SessionMinutes">Of slots: how long an expert's session is, 5 to 1 440.</param>
/// <param name="SlotMinutesMin">Of slots: the shortest.</param>
/// <param name="SlotMinutesMax">Of slots: the longest.</param>
/// <param name="SessionsPerYear">Of slots: how many sessions a year, 1 to 400.</param>
/// <param name="Experts">What its experts are, at most 20.</param>
/// <param name="Axes">What it looks at, at most 20.</param>
/// <param name="YearlyTarget">How many companies a year it aims at, 1 to 1 000.</param>
/// <param name="Note">At most 1 000 characters.</param>
internal sealed record OfferRequest(
    string Code, LocalizedText Label, OfferKind Kind, OfferStatus Status = OfferStatus.Open, int? Minutes = null, int? MinutesMin = null, int? MinutesMax = null,
    int? SessionMinutes = null, int? SlotMinutesMin = null, int? SlotMinutesMax = null, int? SessionsPerYear = null, IReadOnlyList<string>? Experts = null,
    IReadOnlyList<string>? Axes = null, int? YearlyTarget = null, string? Note = null)
{
    public OfferPlan ToPlan() => new(
        Label, Kind, Status, new Minutes(Minutes, MinutesMin, MinutesMax, SessionMinutes, SlotMinutesMin, SlotMinutesMax, SessionsPerYear), Experts ?? [], Axes ?? [], YearlyTarget, Note);

    /// <summary>What a patch starts from.</summary>
    public static OfferRequest Of(Offer o) => new(
        o.Code, o.Label, o.Kind, o.Status, (o.Length as Length.Exact)?.Minutes, (o.Length as Length.Between)?.MinutesMin, (o.Length as Length.Between)?.MinutesMax,
        (o.Length as Length.InSlots)?.SessionMinutes, (o.Length as Length.InSlots)?.SlotMinutesMin, (o.Length as Length.InSlots)?.SlotMinutesMax,
        (o.Length as Length.InSlots)?.SessionsPerYear, o.Experts, o.Axes, o.YearlyTarget, o.Note);

    internal sealed class Validator : AbstractValidator<OfferRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Code).Code();
            RuleFor(r => r.Label).Text(1, 200);
            RuleFor(r => r.Minutes).InclusiveBetween(5, 1440);
            RuleFor(r => r.MinutesMin).InclusiveBetween(5, 1440);
            RuleFor(r => r.MinutesMax).InclusiveBetween(5, 1440);
            RuleFor(r => r.SessionMinutes).InclusiveBetween(5, 1440);
            RuleFor(r => r.SlotMinutesMin).InclusiveBetween(5, 1440);
            RuleFor(r => r.SlotMinutesMax).InclusiveBetween(5, 1440);
            RuleFor(r => r.SessionsPerYear).InclusiveBetween(1, 400);
            RuleFor(r => r.Experts!).AtMost(20).When(r => r.Experts is not null);
            RuleForEach(r => r.Experts).NotEmpty().MaximumLength(200);
            RuleFor(r => r.Axes!).AtMost(20).When(r => r.Axes is not null);
            RuleForEach(r => r.Axes).NotEmpty().MaximumLength(200);
            RuleFor(r => r.YearlyTarget).InclusiveBetween(1, 1000);
            RuleFor(r => r.Note).MaximumLength(1000);
        }
    }
}
