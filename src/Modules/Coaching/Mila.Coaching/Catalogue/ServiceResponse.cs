using Mila.BuildingBlocks.Values;

namespace Mila.Coaching.Catalogue;

/// <summary>A service as the API shows it; its members mean what they mean in <see cref="ServiceRequest"/>.</summary>
internal sealed record ServiceResponse(
    Guid Id, string Code, LocalizedText Label, ServiceKind Kind, ServiceStatus Status, int? Minutes, int? MinutesMin, int? MinutesMax, int? SessionMinutes, int? SlotMinutesMin,
    int? SlotMinutesMax, int? SessionsPerYear, IReadOnlyList<string> Experts, IReadOnlyList<string> Axes, int? YearlyTarget, string? Note, DateTimeOffset UpdatedAt)
{
    public static ServiceResponse Of(Service s)
    {
        var said = ServiceRequest.Of(s);
        return new ServiceResponse(
            s.Id, s.Code, s.Label, s.Kind, s.Status, said.Minutes, said.MinutesMin, said.MinutesMax, said.SessionMinutes, said.SlotMinutesMin, said.SlotMinutesMax,
            said.SessionsPerYear, s.Experts, s.Axes, s.YearlyTarget, s.Note, s.UpdatedAt);
    }
}
