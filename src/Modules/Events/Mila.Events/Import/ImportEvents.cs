using Mila.BuildingBlocks.Import;

namespace Mila.Events.Import;

internal static class ImportEvents
{
    /// <param name="Programmes">Programmes, in the shape of <c>deploy/data/mila-2026.json</c>.</param>
    /// <param name="Events">Events, in the same shape; each names its programme by code.</param>
    internal sealed record Request(IReadOnlyList<EventsImport.ProgrammeItem>? Programmes = null, IReadOnlyList<EventsImport.EventItem>? Events = null);

    /// <param name="Programmes">How many programmes were created, changed and left alone.</param>
    /// <param name="Events">The same of events.</param>
    internal sealed record Response(ImportCount Programmes, ImportCount Events);

    /// <summary>Import programmes and events: every fault is listed, all or nothing, and the same again changes nothing.</summary>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(HttpRequest file, Importer importer, IEnumerable<IImportPart> parts, CancellationToken ct)
    {
        // Read by the importer and not by the binding, which would stop at the first fault.
        using var body = new MemoryStream();
        await file.Body.CopyToAsync(body, ct);
        if (!(await importer.ImportAsync(body.ToArray(), new ImportReport(), [.. parts.OfType<EventsImport>()], ct)).Succeeded(out var report, out var refusal)) return refusal.ToProblem();

        return TypedResults.Ok(new Response(Count(report, "programmes"), Count(report, "events")));
    }

    private static ImportCount Count(ImportReport report, string kind) => report.Counts.GetValueOrDefault(kind) ?? new ImportCount(0, 0, 0);
}
