namespace Mila.BuildingBlocks.Documents;

/// <summary>A document with optimistic concurrency.</summary>
public interface IDocument
{
    /// <summary>Changes with every change; its ETag. Kept by Marten in a column of its own, not in the JSON.</summary>
    Guid Version { get; set; }
}
