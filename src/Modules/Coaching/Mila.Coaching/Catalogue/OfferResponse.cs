using Mila.BuildingBlocks.Values;

namespace Mila.Coaching.Catalogue;

/// <summary>A service as the API shows it; its members mean what they mean in <see cref="OfferRequest"/>.</summary>
internal sealed record OfferResponse(
    Guid Id, string Code, LocalizedText Label, OfferKind Kind, OfferStatus Status, int? Minutes, int? MinutesMin, int? MinutesMax, int? SessionMinutes, int? SlotMinutesMin,
    int? SlotMinutesMax, int? SessionsPerYear, IReadOnlyList<string> Experts, IReadOnlyList<string> Axes, int? YearlyTarget, string? Note, DateTimeOffset UpdatedAt)
{
    public static OfferResponse Of(Offer o)
    {
        var said = OfferRequest.Of(o);
        return new OfferResponse(
            o.Id, o.Code, o.Label, o.Kind, o.Status, said.Minutes, said.MinutesMin, said.MinutesMax, said.SessionMinutes, said.SlotMinutesMin, said.SlotMinutesMax,
            said.SessionsPerYear, o.Experts, o.Axes, o.YearlyTarget, o.Note, o.UpdatedAt);
    }
}
