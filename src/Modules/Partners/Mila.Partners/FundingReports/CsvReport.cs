using System.Globalization;
using CsvHelper;
using Mila.BuildingBlocks.Values;

namespace Mila.Partners.FundingReports;

/// <summary>
/// The report as comma-separated values (RFC 4180): a row for the budget, for each grant, for each line and for each thing that is missing. A cell that would be a formula in a
/// spreadsheet starts with an apostrophe (OWASP, CSV injection).
/// </summary>
internal static class CsvReport
{
    private static readonly string[] Columns =
    [
        "row", "year", "funder", "code", "label", "status", "requestedEuros", "awardedEuros", "paidEuros", "budgetEuros", "ownResourcesPercent", "ownResourcesReceivedEuros", "measure", "planned", "done",
        "remaining", "companies", "otherOrganisations", "attendance", "noShow", "hours", "missing", "note", "events", "appointments", "leases",
        "works",
    ];

    private static readonly CsvWriterOptions Rules = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public static byte[] Write(FundingReport report, ReportWording wording)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, Rules, leaveOpen: true))
        {
            csv.WriteRecord(Columns);
            foreach (var row in Rows(report, wording)) csv.WriteRecord(Columns.Select(c => c == "year" ? Number(report.Year) : row.GetValueOrDefault(c)).ToArray());
        }

        return bytes.ToArray();
    }

    private static IEnumerable<Dictionary<string, string?>> Rows(FundingReport report, ReportWording wording)
    {
        if (report.Budget is { } budget)
        {
            yield return Row(("row", "budget"), ("budgetEuros", Euros(budget.Amount)), ("ownResourcesPercent", Number(budget.OwnResourcesPercent)), ("ownResourcesReceivedEuros", Euros(budget.OwnResourcesReceived)),
                ("requestedEuros", Euros(report.Totals.Requested)), ("awardedEuros", Euros(report.Totals.Awarded)), ("paidEuros", Euros(report.Totals.Paid)));
        }

        yield return With(Row(("row", "done")), report.Done);
        if (report.Note is { } note) yield return Row(("row", "note"), ("note", note.In(wording.Language)));
        foreach (var missing in report.Missing) yield return Row(("row", "missing"), ("code", missing.Code), ("missing", missing.Text.In(wording.Language)));
        foreach (var section in report.Funders)
        {
            foreach (var grant in section.Grants)
            {
                yield return Row(("row", "grant"), ("funder", section.Code), ("code", grant.Department), ("label", ReportWording.Grant(grant)), ("status", grant.Status.Word()),
                    ("requestedEuros", Euros(grant.Totals.Requested)), ("awardedEuros", Euros(grant.Totals.Awarded)), ("paidEuros", Euros(grant.Totals.Paid)), ("note", grant.Note?.In(wording.Language)));
            }

            foreach (var line in section.Lines)
            {
                yield return With(Row(("row", "line"), ("funder", section.Code), ("code", line.Code), ("label", line.Label.In(wording.Language)), ("measure", line.Measure.Word()), ("budgetEuros", Euros(line.Amount)),
                    ("planned", Number(line.Planned)), ("done", Number(line.Done)), ("remaining", Number(line.Remaining)), ("missing", string.Join(' ', line.Missing.Select(m => m.Text.In(wording.Language))))), line.Figures);
            }

            foreach (var missing in section.Missing) yield return Row(("row", "missing"), ("funder", section.Code), ("code", missing.Code), ("missing", missing.Text.In(wording.Language)));
        }
    }

    private static Dictionary<string, string?> Row(params (string Column, string? Value)[] cells) => cells.ToDictionary(c => c.Column, c => c.Value, StringComparer.Ordinal);

    private static Dictionary<string, string?> With(Dictionary<string, string?> row, ReportFigures f)
    {
        (row["companies"], row["otherOrganisations"], row["attendance"]) = (Number(f.Companies), Number(f.OtherOrganisations), Number(f.Attendance));
        (row["noShow"], row["hours"]) = (Number(f.NoShow), Number(f.Hours));
        (row["events"], row["appointments"], row["leases"], row["works"]) = (Number(f.Events), Number(f.Appointments), Number(f.Leases), Number(f.Works));
        return row;
    }

    private static string? Euros(Money? money) => money?.Amount.ToString("0.00", CultureInfo.InvariantCulture);

    private static string? Number(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture);
}
