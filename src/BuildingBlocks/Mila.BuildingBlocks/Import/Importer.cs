using Marten;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Import;

/// <summary>Imports a file into all modules: every fault is listed, and it is all or nothing.</summary>
public sealed class Importer(IDocumentSession session, IEnumerable<IImportPart> parts)
{
    /// <summary>Refused when the file has any fault.</summary>
    public static readonly InvalidError Faulty = new("import-faulty", "The file has faults; nothing was imported.", "Le fichier a des erreurs ; rien n'a été importé.");

    /// <summary>Import a file. The report says what was created, changed and left alone.</summary>
    public Task<Result<ImportReport>> ImportAsync(ReadOnlyMemory<byte> utf8, ImportReport report, CancellationToken ct) => ImportAsync(utf8, report, [.. parts], ct);

    /// <summary>Import the sections of some parts only; others are faults.</summary>
    public async Task<Result<ImportReport>> ImportAsync(ReadOnlyMemory<byte> utf8, ImportReport report, IReadOnlyList<IImportPart> only, CancellationToken ct)
    {
        if (!ImportFile.Parse(utf8).Succeeded(out var file, out var malformed)) return malformed;

        foreach (var section in file.Sections.Except(only.SelectMany(p => p.Sections), StringComparer.Ordinal)) report.Fault($"/{JsonPointer.Escape(section)}", "unknown-member", Languages.Say("There is no such section.", "Cette section n’existe pas."));
        foreach (var part in only) await part.ImportAsync(file, report, session, ct);
        if (report.Faults.Count > 0) return Faulty.At(report.Faults);

        await session.SaveChangesAsync(ct);
        return report;
    }
}
