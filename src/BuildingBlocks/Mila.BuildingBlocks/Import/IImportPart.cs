using Marten;

namespace Mila.BuildingBlocks.Import;

/// <summary>What one module makes of an import file. All parts write into one session, which is saved once, and only when no part found a fault.</summary>
public interface IImportPart
{
    /// <summary>The sections that this part reads or knowingly passes over. A section that no part names is a fault.</summary>
    IReadOnlyList<string> Sections { get; }

    /// <summary>Check everything, store into <paramref name="session"/> what applies, save nothing.</summary>
    Task ImportAsync(ImportFile file, ImportReport report, IDocumentSession session, CancellationToken ct);
}
