using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Values;
using Mila.Coaching.Catalogue;

namespace Mila.Coaching.Import;

/// <summary>The <c>coachingServices</c> of a planned year (deploy/data/mila-2026.json).</summary>
internal sealed class CoachingImport(TimeProvider clock) : IImportPart
{
    public IReadOnlyList<string> Sections => ["coachingServices"];

    public async Task ImportAsync(ImportFile file, ImportReport report, IDocumentSession session, CancellationToken ct)
    {
        var services = (await session.Query<Service>().ToListAsync(ct)).ToDictionary(s => s.Code, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in file.Items<ServiceItem>("coachingServices", report))
        {
            if (!seen.Add(item.Value.Code)) report.Fault(item.Pointer + "/code", "service-repeated", "The file has a service of this code already.");
            else ImportService(item, services, report, session);
        }
    }

    private void ImportService(ImportItem<ServiceItem> item, Dictionary<string, Service> known, ImportReport report, IDocumentSession session)
    {
        var service = known.GetValueOrDefault(item.Value.Code);
        var request = item.Value.ToRequest(service?.Label.En);
        if (!Valid(request, item.Pointer, report) || !report.Applies("coachingServices", item, service is not null, service?.Import)) return;

        var now = clock.GetUtcNow();
        Error? refusal;
        if (service is null) Service.Offer(Guid.CreateVersion7(now), request.Code, request.ToPlan(), now).Succeeded(out service, out refusal);
        else service.Replan(request.ToPlan(), now).Succeeded(out refusal);
        if (refusal is not null)
        {
            var fields = refusal.Fields.Count > 0 ? refusal.Fields : [new FieldError("", refusal.Code, refusal.Detail)];
            foreach (var fault in fields) report.Fault(fault with { Pointer = item.Pointer + fault.Pointer });
            return;
        }

        service!.Import = new ImportMark(request.Code, item.Hash);
        session.Store(service);
    }

    private static bool Valid(ServiceRequest request, string pointer, ImportReport report)
    {
        var faults = new ServiceRequest.Validator().Faults(request);
        foreach (var fault in faults) report.Fault(fault with { Pointer = pointer + fault.Pointer });
        return faults.Count == 0;
    }

    /// <summary>A service as the file says it: its label in French only.</summary>
    internal sealed record ServiceItem(
        string Code, string Label, ServiceKind Kind, ServiceStatus Status = ServiceStatus.Open, int? Minutes = null, int? MinutesMin = null, int? MinutesMax = null,
        int? SessionMinutes = null, int? SlotMinutesMin = null, int? SlotMinutesMax = null, int? SessionsPerYear = null, IReadOnlyList<string>? Experts = null,
        IReadOnlyList<string>? Axes = null, int? YearlyTarget = null, string? Note = null)
    {
        /// <param name="english">What people have called it in English since.</param>
        public ServiceRequest ToRequest(string? english) => new(
            Code, new LocalizedText(Label, english), Kind, Status, Minutes, MinutesMin, MinutesMax, SessionMinutes, SlotMinutesMin, SlotMinutesMax, SessionsPerYear, Experts, Axes,
            YearlyTarget, Note);
    }
}
