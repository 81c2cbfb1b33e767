using System.Globalization;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Partners.Evidence;
using Mila.Partners.FundingPlans;
using Mila.Partners.Grants;

namespace Mila.Partners.FundingReports;

/// <summary>What a report says in its own words, in French and in English. Numbers are grouped by a no-break space, which every font has.</summary>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
internal sealed record ReportWording(string Language)
{
    private readonly CultureInfo _culture = Culture(Language);

    public string Say(string french, string english) => Language == "en" ? english : french;

    public string Title(FundingReport report) => Say($"Bilan {report.Year} pour les financeurs", $"Report {report.Year} to the funders");

    public string AsOf(FundingReport report) => Say($"Au {Day(report.AsOf)}", $"As of {Day(report.AsOf)}");

    public string Euros(Money? money) => money is null ? "–" : money.Amount.ToString(decimal.IsInteger(money.Amount) ? "N0" : "N2", _culture) + "\u00a0€";

    public string Number(decimal? number) => number?.ToString(decimal.IsInteger(number.Value) ? "N0" : "0.##", _culture) ?? "–";

    public string Percent(decimal? percent) => percent is null ? "–" : percent.Value.ToString("0.##", _culture) + "\u00a0%";

    public string Day(DateOnly? day) => day is { } known ? WrittenTime.Day(known, Language) : "–";

    public string Status(GrantStatus status) => status switch
    {
        GrantStatus.Requested => Say("demandée", "requested"),
        GrantStatus.Awarded => Say("accordée", "awarded"),
        GrantStatus.Paid => Say("versée", "paid"),
        _ => Say("justifiée", "reported"),
    };

    /// <summary>What a line's numbers count.</summary>
    public string Counted(ReportLine line) => line.Measure switch
    {
        FundingMeasure.Companies => Say("structures", "companies"),
        FundingMeasure.Attendance => Say("présences", "attendances"),
        FundingMeasure.Hours => Say("heures", "hours"),
        _ => line.Kind switch
        {
            EvidenceKind.Event => Say("événements", "events"),
            EvidenceKind.Lease => Say("mises à disposition", "leases"),
            EvidenceKind.Appointment => Say("rendez-vous", "appointments"),
            _ => Say("chantiers", "works"),
        },
    };

    /// <summary><c>12 sur 30 rendez-vous</c>.</summary>
    public string Progress(ReportLine line) => line.Planned is { } planned
        ? Say($"{Number(line.Done)} sur {Number(planned)} {Counted(line)}", $"{Number(line.Done)} of {Number(planned)} {Counted(line)}")
        : $"{Number(line.Done)} {Counted(line)}";

    public static string Grant(ReportGrant grant) => string.Join(", ", new[] { grant.Department, grant.Season ?? grant.Year.ToString(CultureInfo.InvariantCulture) }.OfType<string>());

    public IReadOnlyList<(string Word, string Figure)> Facts(FundingReport report) =>
    [
        .. report.Budget is { } budget
            ?
            [
                (Say("Budget", "Budget"), Euros(budget.Amount)),
                (Say("Part des ressources propres", "Share of own resources"), $"{Percent(budget.OwnResourcesPercent)} ({Euros(budget.OwnResources)})"),
                (Say("Ressources propres encaissées", "Own resources received"), budget.OwnResourcesReceived is null ? Say("non saisi", "not entered") : $"{Euros(budget.OwnResourcesReceived)} ({Percent(budget.OwnResourcesReceivedPercent)})"),
                (Say("Autofinancement", "Self-financed"), Percent(budget.SelfFinancedPercent)),
            ]
            : Array.Empty<(string, string)>(),
        (Say("Subventions demandées", "Grants requested"), Euros(report.Totals.Requested)),
        (Say("Subventions accordées", "Grants awarded"), Euros(report.Totals.Awarded)),
        (Say("Subventions versées", "Grants paid"), Euros(report.Totals.Paid)),
    ];

    public IReadOnlyList<(string Word, string Figure)> Done(FundingReport report) =>
    [
        (Say("Structures accompagnées", "Companies supported"), Number(report.Done.Companies)),
        (Say("Événements tenus", "Events held"), Number(report.Done.Events)),
        (Say("Présences", "Attendances"), Number(report.Done.Attendance)),
        (Say("Rendez-vous réalisés", "Appointments completed"), Number(report.Done.Appointments)),
        (Say("Mises à disposition", "Leases"), Number(report.Done.Leases)),
        (Say("Heures", "Hours"), Number(report.Done.Hours)),
    ];

    public IReadOnlyList<string> GrantColumns => [Say("Subvention", "Grant"), Say("État", "State"), Say("Demandé", "Requested"), Say("Accordé", "Awarded"), Say("Versé", "Paid")];

    public IReadOnlyList<string> Cells(ReportGrant grant) => [Grant(grant), Status(grant.Status), Euros(grant.Totals.Requested), Euros(grant.Totals.Awarded), Euros(grant.Totals.Paid)];

    public IReadOnlyList<string> LineColumns => [Say("Ligne", "Line"), Say("Prévu", "Planned"), Say("Réalisé", "Done"), Say("Structures", "Companies"), Say("Présences", "Attendances"), Say("Heures", "Hours")];

    public IReadOnlyList<string> Cells(ReportLine line) =>
        [line.Label.In(Language), Number(line.Planned), Number(line.Done), Number(line.Figures.Companies), Number(line.Figures.Attendance), Number(line.Figures.Hours)];

    /// <summary>What must be known of a funder's grants.</summary>
    public IReadOnlyList<string> Notes(FunderSection section) => [.. section.Grants.Where(g => g.Note is not null).Select(g => (g.Department is null ? "" : g.Department + Say("\u00a0: ", ": ")) + g.Note!.In(Language))];

    /// <summary>What a funder's part lacks, each line's own words after its name.</summary>
    public IReadOnlyList<string> Missing(FunderSection section) =>
        [.. section.Missing.Select(m => m.Text.In(Language)), .. section.Lines.SelectMany(l => l.Missing.Select(m => l.Label.In(Language) + Say("\u00a0: ", ": ") + m.Text.In(Language)))];

    private static CultureInfo Culture(string language)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : "fr-FR").Clone();
        if (language != "en") culture.NumberFormat.NumberGroupSeparator = "\u00a0";
        return CultureInfo.ReadOnly(culture);
    }
}
