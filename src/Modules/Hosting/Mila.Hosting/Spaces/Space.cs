using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;
using Mila.Hosting.Contracts;

namespace Mila.Hosting.Spaces;

/// <summary>An office, desk, studio, meeting room or street shop. Whoever leases it holds its row's lock while deciding.</summary>
internal sealed class Space : IDocument
{
    [JsonConstructor]
    private Space(Guid id, string code, SpaceKind kind, SpacePlan plan, DateTimeOffset updatedAt, ImportMark? import) =>
        (Id, Code, Kind, Plan, UpdatedAt, Import) = (id, code, kind, plan, updatedAt, import);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Capitals and digits joined by hyphens; never changes, because leases, events and panels name it.</summary>
    public string Code { get; }

    public SpaceKind Kind { get; }

    public SpacePlan Plan { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public ImportMark? Import { get; set; }

    /// <summary>A meeting room is booked by the hour.</summary>
    [JsonIgnore]
    public bool CanBeLeased => Kind is not SpaceKind.MeetingRoom;

    public static Space Open(Guid id, string code, SpaceKind kind, SpacePlan plan, DateTimeOffset now) => new(id, code, kind, plan, now, import: null);

    /// <summary>That there is one more.</summary>
    public SpaceOpened Opened() => new SpaceOpened(Id, Code, Kind.Word(), UpdatedAt);

    public void Replan(SpacePlan plan, DateTimeOffset now) => (Plan, UpdatedAt) = (plan, now);
}
