using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Values;

namespace Mila.Coaching.Catalogue;

/// <summary>An individual coaching offer: what people and the API call a service.</summary>
internal sealed class Offer : IDocument
{
    [JsonConstructor]
    private Offer(
        Guid id, string code, LocalizedText label, OfferKind kind, OfferStatus status, Length length, IReadOnlyList<string> experts, IReadOnlyList<string> axes,
        int? yearlyTarget, string? note, DateTimeOffset updatedAt, ImportMark? import)
    {
        (Id, Code, Label, Kind, Status, Length) = (id, code, label, kind, status, length);
        (Experts, Axes, YearlyTarget, Note, UpdatedAt, Import) = (experts, axes, yearlyTarget, note, updatedAt, import);
    }

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Lower-case words joined by hyphens; never changes, because appointments and reports name it.</summary>
    public string Code { get; }

    public LocalizedText Label { get; private set; }

    public OfferKind Kind { get; private set; }

    public OfferStatus Status { get; private set; }

    public Length Length { get; private set; }

    public IReadOnlyList<string> Experts { get; private set; }

    public IReadOnlyList<string> Axes { get; private set; }

    public int? YearlyTarget { get; private set; }

    public string? Note { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The file item it was made from, if any.</summary>
    public ImportMark? Import { get; set; }

    public static Result<Offer> Make(Guid id, string code, OfferPlan plan, DateTimeOffset now) =>
        plan.Length().Succeeded(out var length, out var refusal)
            ? new Offer(id, code, plan.Label, plan.Kind, plan.Status, length, plan.Experts, plan.Axes, plan.YearlyTarget, plan.Note, now, import: null)
            : refusal;

    /// <summary>Offer it otherwise, open it or close it.</summary>
    public Result Replan(OfferPlan plan, DateTimeOffset now)
    {
        if (!plan.Length().Succeeded(out var length, out var refusal)) return refusal;

        (Label, Kind, Status, Length) = (plan.Label, plan.Kind, plan.Status, length);
        (Experts, Axes, YearlyTarget, Note, UpdatedAt) = (plan.Experts, plan.Axes, plan.YearlyTarget, plan.Note, now);
        return Result.Done;
    }
}
