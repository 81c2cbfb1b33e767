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
        var offers = (await session.Query<Offer>().ToListAsync(ct)).ToDictionary(o => o.Code, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in file.Items<ServiceItem>("coachingServices", report))
        {
            if (!seen.Add(item.Value.Code)) report.Fault(item.Pointer + "/code", "service-repeated", Languages.Say("The file has a service of this code already.", "Le fichier a déjà une prestation de ce code."));
            else ImportService(item, offers, report, session);
        }
    }

    private void ImportService(ImportItem<ServiceItem> item, Dictionary<string, Offer> known, ImportReport report, IDocumentSession session)
    {
        var offer = known.GetValueOrDefault(item.Value.Code);
        var request = item.Value.ToRequest(offer?.Label.En);
        if (!Valid(request, item.Pointer, report) || !report.Applies("coachingServices", item, offer is not null, offer?.Import)) return;

        var now = clock.GetUtcNow();
        Error? refusal;
        if (offer is null) Offer.Make(Guid.CreateVersion7(now), request.Code, request.ToPlan(), now).Succeeded(out offer, out refusal);
        else offer.Replan(request.ToPlan(), now).Succeeded(out refusal);
        if (refusal is not null)
        {
            var fields = refusal.Fields.Count > 0 ? refusal.Fields : [new FieldError("", refusal.Code, refusal.Sentence)];
            foreach (var fault in fields) report.Fault(fault with { Pointer = item.Pointer + fault.Pointer });
            return;
        }

        offer!.Import = new ImportMark(request.Code, item.Hash);
        session.Store(offer);
    }

    private static bool Valid(OfferRequest request, string pointer, ImportReport report)
    {
        var faults = new OfferRequest.Validator().Faults(request);
        foreach (var fault in faults) report.Fault(fault with { Pointer = pointer + fault.Pointer });
        return faults.Count == 0;
    }

    /// <summary>A service as the file says it: its label in French only.</summary>
    internal sealed record ServiceItem(
        string Code, string Label, OfferKind Kind, OfferStatus Status = OfferStatus.Open, int? Minutes = null, int? MinutesMin = null, int? MinutesMax = null,
        int? SessionMinutes = null, int? SlotMinutesMin = null, int? SlotMinutesMax = null, int? SessionsPerYear = null, IReadOnlyList<string>? Experts = null,
        IReadOnlyList<string>? Axes = null, int? YearlyTarget = null, string? Note = null)
    {
        /// <param name="english">What people have called it in English since.</param>
        public OfferRequest ToRequest(string? english) => new(
            Code, new LocalizedText(Label, english), Kind, Status, Minutes, MinutesMin, MinutesMax, SessionMinutes, SlotMinutesMin, SlotMinutesMax, SessionsPerYear, Experts, Axes,
            YearlyTarget, Note);
    }
}
