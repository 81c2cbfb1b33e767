using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;

namespace Mila.Events.Programmes;

/// <summary>A named series of events.</summary>
internal sealed class Programme : IDocument
{
    [JsonConstructor]
    private Programme(Guid id, string code, ProgrammePlan plan, DateTimeOffset updatedAt, ImportMark? import) => (Id, Code, Plan, UpdatedAt, Import) = (id, code, plan, updatedAt, import);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Lower-case words joined by hyphens; never changes, because feeds carry it in their address.</summary>
    public string Code { get; }

    public ProgrammePlan Plan { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public ImportMark? Import { get; set; }

    public static Programme Found(Guid id, string code, ProgrammePlan plan, DateTimeOffset now) => new(id, code, plan, now, import: null);

    public void Replan(ProgrammePlan plan, DateTimeOffset now) => (Plan, UpdatedAt) = (plan, now);
}

/// <summary>What staff decide of a programme.</summary>
internal sealed record ProgrammePlan(
    string Label, string? Rhythm, string? Season, int? YearlyTarget, int? Minutes, IReadOnlyList<string> Themes, string? SupportedBy, string? SeasonFrom = null, string? SeasonTo = null);
