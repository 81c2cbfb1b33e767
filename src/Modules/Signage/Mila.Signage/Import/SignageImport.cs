using System.Globalization;
using Mila.BuildingBlocks.Import;
using Mila.Signage.Panels;

namespace Mila.Signage.Import;

/// <summary>
/// The <c>signage</c> of a planned year (deploy/data/mila-2026.json): how many panels hang and how many wait. Which shops these are is not in the file, so the first
/// shops have theirs inside the window, the last ones wait for the landlord, and leases tell later whom each names.
/// </summary>
internal sealed class SignageImport(TimeProvider clock) : IImportPart
{
    private const int MostShops = 99;

    // "installedInsideWindowsEnd2025": whoever had the shop that day is whom the panel shows.
    private static readonly DateOnly InstalledOn = new(2025, 12, 31);

    public IReadOnlyList<string> Sections => ["signage"];

    public async Task ImportAsync(ImportFile file, ImportReport report, IDocumentSession session, CancellationToken ct)
    {
        if (file.Item<SignageItem>("signage", report) is not { } item || !IsSound(item, report)) return;

        var panels = (await session.Query<Panel>().ToListAsync(ct)).ToLookup(p => p.SpaceCode, StringComparer.Ordinal);
        var totals = item.Value.Panels;
        for (var number = 1; number <= totals.Total; number++)
        {
            var spaceCode = string.Create(CultureInfo.InvariantCulture, $"RUE-{number:00}");
            await ImportPanelAsync(item, spaceCode, number <= totals.Prototype + totals.InstalledInsideWindowsEnd2025, panels[spaceCode], report, session, ct);
        }
    }

    // A shop that has a panel of whatever stage keeps it: people know better by now than the file did.
    private async Task ImportPanelAsync(
        ImportItem<SignageItem> item, string spaceCode, bool installed, IEnumerable<Panel> known, ImportReport report, IDocumentSession session, CancellationToken ct)
    {
        var existing = known.FirstOrDefault(p => p.Import is not null) ?? known.FirstOrDefault();
        if (!report.Applies("panels", item, existing is not null, existing?.Import)) return;

        if (existing is not null) report.Corrected("panels", changed: false);
        var now = clock.GetUtcNow();
        var panel = existing ?? Panel.Found(
            Guid.CreateVersion7(now), await PanelCode.FreeAsync(session, ct), spaceCode, installed ? Mounting.InsideWindow : Mounting.Outdoor,
            installed ? PanelStage.Installed : PanelStage.Approved, InstalledOn, now);
        panel.Import = new ImportMark(spaceCode, item.Hash);
        session.Store(panel);
    }

    private static bool IsSound(ImportItem<SignageItem> item, ImportReport report)
    {
        var (signage, totals, before) = (item.Value, item.Value.Panels, report.Faults.Count);
        if (signage.WidthMillimetres != Panel.WidthMillimetres) report.Fault(item.Pointer + "/widthMillimetres", "unknown-value", Languages.Say($"Panels are {Panel.WidthMillimetres} mm wide.", $"Un panneau fait {Panel.WidthMillimetres} mm de large."));
        if (signage.HeightMillimetres != Panel.HeightMillimetres) report.Fault(item.Pointer + "/heightMillimetres", "unknown-value", Languages.Say($"Panels are {Panel.HeightMillimetres} mm high.", $"Un panneau fait {Panel.HeightMillimetres} mm de haut."));

        var counts = new[] { ("total", totals.Total), ("prototype", totals.Prototype), ("installedInsideWindowsEnd2025", totals.InstalledInsideWindowsEnd2025), ("awaitingOutdoorMountingAuthorisation", totals.AwaitingOutdoorMountingAuthorisation) };
        foreach (var (name, _) in counts.Where(c => c.Item2 is < 0 or > MostShops)) report.Fault($"{item.Pointer}/panels/{name}", "out-of-range", Languages.Say($"From 0 to {MostShops}.", $"De 0 à {MostShops}."));

        if (report.Faults.Count == before && totals.Total != totals.Prototype + totals.InstalledInsideWindowsEnd2025 + totals.AwaitingOutdoorMountingAuthorisation)
        {
            report.Fault(item.Pointer + "/panels/total", "panels-do-not-add-up", Languages.Say("The total is the prototype, the installed and the waiting panels together.", "Le total est celui du prototype, des panneaux posés et de ceux qui attendent."));
        }

        return report.Faults.Count == before;
    }

    /// <summary>The signage as the file says it.</summary>
    internal sealed record SignageItem(
        int WidthMillimetres, int HeightMillimetres, PanelTotals Panels, IReadOnlyList<string>? Colours = null, IReadOnlyList<string>? Content = null, IReadOnlyList<string>? PartnerLogos = null);

    /// <summary>How many panels there are.</summary>
    internal sealed record PanelTotals(int Total, int Prototype, int InstalledInsideWindowsEnd2025, int AwaitingOutdoorMountingAuthorisation, string? AuthorisationFrom = null);
}
