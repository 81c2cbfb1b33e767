using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Values;
using Mila.Coaching.Catalogue;

namespace Mila.Coaching.Import;

/// <summary>The <c>coachingServices</c> of a planned year (deploy/data/mila-2026.json).</summary>
internal sealed class CoachingImport(TimeProvider clock) : IImportPart
{
    private static readonly (string, string)[] Names = [("/label/fr", "/label")];

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
        var (request, offer) = (item.Value.ToRequest(), known.GetValueOrDefault(item.Value.Code));
        if (!report.Accepts(item, new OfferRequest.Validator(), request, Names) || !report.Applies("coachingServices", item, offer is not null, offer?.Import)) return;

        var now = clock.GetUtcNow();
        Error? refusal;
        if (offer is null) Offer.Make(Guid.CreateVersion7(now), request.Code, request.ToPlan(), now).Succeeded(out offer, out refusal);
        else refusal = Correct(offer, request, report, now);
        if (refusal is not null)
        {
            report.Accepts(item, refusal.Fields.Count > 0 ? refusal.Fields : [new FieldError("", refusal.Code, refusal.Sentence)], Names);
            return;
        }

        offer!.Import = new ImportMark(request.Code, item.Hash, Correction.Said(request));
        session.Store(offer);
    }

    private static Error? Correct(Offer offer, OfferRequest said, ImportReport report, DateTimeOffset now)
    {
        var before = OfferRequest.Of(offer);
        var corrected = Correction.Of(offer.Import?.Said, said, before);
        return report.Corrected("coachingServices", before, corrected) && !offer.Replan(corrected.ToPlan(), now).Succeeded(out var refusal) ? refusal : null;
    }

    /// <summary>A service as the file says it: its label in French only.</summary>
    internal sealed record ServiceItem(
        string Code, string Label, OfferKind Kind, OfferStatus Status = OfferStatus.Open, int? Minutes = null, int? MinutesMin = null, int? MinutesMax = null,
        int? SessionMinutes = null, int? SlotMinutesMin = null, int? SlotMinutesMax = null, int? SessionsPerYear = null, IReadOnlyList<string>? Experts = null,
        IReadOnlyList<string>? Axes = null, int? YearlyTarget = null, string? Note = null)
    {
        public OfferRequest ToRequest() => new(
            Code, new LocalizedText(Label), Kind, Status, Minutes, MinutesMin, MinutesMax, SessionMinutes, SlotMinutesMin, SlotMinutesMax, SessionsPerYear, Experts, Axes,
            YearlyTarget, Note);
    }
}
