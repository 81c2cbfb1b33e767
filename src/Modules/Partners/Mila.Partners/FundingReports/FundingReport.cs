using Mila.BuildingBlocks.Values;
using Mila.Partners.Evidence;
using Mila.Partners.FundingPlans;
using Mila.Partners.Grants;

namespace Mila.Partners.FundingReports;

/// <summary>What was promised for a year and what was done, by funder and line.</summary>
/// <param name="Year">The year.</param>
/// <param name="AsOf">The day in Paris on which this was so.</param>
/// <param name="Budget">The year's money; null without a plan.</param>
/// <param name="Totals">Of all funders of this report.</param>
/// <param name="Done">Everything that was done in the year.</param>
/// <param name="Funders">By funder, in the order of their codes.</param>
/// <param name="Missing">What the report lacks as a whole.</param>
/// <param name="Note">What a reader of several reports must know of the totals; null when nothing.</param>
internal sealed record FundingReport(
    int Year, DateOnly AsOf, ReportBudget? Budget, ReportTotals Totals, ReportFigures Done, IReadOnlyList<FunderSection> Funders, IReadOnlyList<MissingPart> Missing, LocalizedText? Note);

/// <summary>The year's money.</summary>
/// <param name="Amount">All of it.</param>
/// <param name="OwnResourcesPercent">Which share of it MILA is to earn itself.</param>
/// <param name="OwnResources">The same in euros.</param>
/// <param name="OwnResourcesReceived">What it has received of its own so far; null where nobody has said.</param>
/// <param name="OwnResourcesReceivedPercent">The share of the budget that this is.</param>
/// <param name="SelfFinancedPercent">Which share is covered without the funders' operating grants.</param>
internal sealed record ReportBudget(
    Money Amount, decimal? OwnResourcesPercent, Money? OwnResources, Money? OwnResourcesReceived, decimal? OwnResourcesReceivedPercent, decimal? SelfFinancedPercent);

/// <summary>Money by how far it has come.</summary>
/// <param name="Requested">Asked for, whatever became of it.</param>
/// <param name="Awarded">Promised.</param>
/// <param name="Paid">Received.</param>
internal sealed record ReportTotals(Money Requested, Money Awarded, Money Paid);

/// <summary>One funder's part.</summary>
/// <param name="PartnerId">The funder.</param>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Totals">Of its grants.</param>
/// <param name="Grants">Its grants for the year.</param>
/// <param name="Lines">What was promised to it, and what was done.</param>
/// <param name="Missing">What its part lacks.</param>
internal sealed record FunderSection(
    Guid PartnerId, string Code, string Name, ReportTotals Totals, IReadOnlyList<ReportGrant> Grants, IReadOnlyList<ReportLine> Lines, IReadOnlyList<MissingPart> Missing);

/// <summary>A grant in a report.</summary>
/// <param name="Id">Of the grant.</param>
/// <param name="Department">Of the funder.</param>
/// <param name="Year">Which it is for.</param>
/// <param name="Season">Where it is for one.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Totals">Its money.</param>
/// <param name="Agreement">What it rests on.</param>
/// <param name="ReportDueOn">When the report about this year is due.</param>
/// <param name="Note">That a grant for a season is counted whole here and in the report of its other year; else null.</param>
internal sealed record ReportGrant(
    Guid Id, string? Department, int Year, string? Season, GrantStatus Status, ReportTotals Totals, string? Agreement, DateOnly? ReportDueOn, LocalizedText? Note);

/// <summary>One thing that was promised, and what was done.</summary>
/// <param name="Code">Of the line.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Kind">What counts.</param>
/// <param name="Measure">In what.</param>
/// <param name="Planned">How many were promised.</param>
/// <param name="Done">How many were done.</param>
/// <param name="Remaining">How many are still to be done; 0 when the promise is kept.</param>
/// <param name="Figures">What stands behind it.</param>
/// <param name="Amount">What it costs.</param>
/// <param name="Missing">What it lacks.</param>
internal sealed record ReportLine(
    string Code, LocalizedText Label, EvidenceKind Kind, FundingMeasure Measure, int? Planned, int Done, int? Remaining, ReportFigures Figures, Money? Amount, IReadOnlyList<MissingPart> Missing);

/// <summary>Sums over evidence.</summary>
/// <param name="Events">Events that took place.</param>
/// <param name="Appointments">Appointments that were completed.</param>
/// <param name="Leases">Spaces at a member's disposal.</param>
/// <param name="Works">Works that were completed.</param>
/// <param name="Companies">Different companies that are members.</param>
/// <param name="OtherOrganisations">Companies that are not, once for each thing that they came to.</param>
/// <param name="Attendance">Places of those who came.</param>
/// <param name="NoShow">Places kept for people who did not come.</param>
/// <param name="Hours">How long it took, with two decimals.</param>
/// <param name="EventsNotCounted">Events of which nobody has said who came.</param>
internal sealed record ReportFigures(
    int Events, int Appointments, int Leases, int Works, int Companies, int OtherOrganisations, int Attendance, int NoShow, decimal Hours, int EventsNotCounted)
{
    public static ReportFigures Of(IReadOnlyCollection<EvidenceEntry> entries) => new(
        Count(entries, EvidenceKind.Event), Count(entries, EvidenceKind.Appointment), Count(entries, EvidenceKind.Lease), Count(entries, EvidenceKind.Works),
        entries.SelectMany(e => e.MemberIds).Distinct().Count(), entries.Sum(e => Math.Max(0, (e.Organisations ?? 0) - e.MemberIds.Count)), entries.Sum(e => e.Attended ?? 0),
        entries.Sum(e => e.NoShow ?? 0), Math.Round(entries.Sum(e => e.Minutes) / 60m, 2), entries.Count(e => e.Kind is EvidenceKind.Event && e.Attended is null));

    public int Of(FundingMeasure measure) => measure switch
    {
        FundingMeasure.Companies => Companies,
        FundingMeasure.Attendance => Attendance,
        FundingMeasure.Hours => (int)Hours,
        _ => Events + Appointments + Leases + Works,
    };

    private static int Count(IReadOnlyCollection<EvidenceEntry> entries, EvidenceKind kind) => entries.Count(e => e.Kind == kind);
}

/// <summary>Something that a report lacks, in words.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Text">A sentence.</param>
internal sealed record MissingPart(string Code, LocalizedText Text);
