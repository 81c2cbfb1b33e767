namespace Mila.Partners.FundingReports;

/// <summary>The report as a document of A4 pages that can be sent as it is.</summary>
internal static class PdfReport
{
    private static readonly double[] GrantWidths = [0.28, 0.18, 0.18, 0.18, 0.18];
    private static readonly double[] LineWidths = [0.40, 0.12, 0.12, 0.13, 0.13, 0.10];

    public static byte[] Write(FundingReport report, ReportWording wording, DateTimeOffset at)
    {
        using var sheet = new PdfSheet(wording.Title(report), wording.Language, at);
        sheet.Heading(1, wording.Title(report));
        sheet.Paragraph($"MILA · {wording.AsOf(report)}", quiet: true);
        sheet.Facts(wording.Facts(report));
        if (report.Note is { } note) sheet.Paragraph(note.In(wording.Language), quiet: true);
        if (report.Budget is { OwnResources: { } own, Amount.Amount: > 0 and var whole })
        {
            sheet.Bar(wording.Say("Ressources propres prévues, puis subventions de ce bilan", "Own resources planned, then grants of this report"),
                $"{wording.Percent(report.Budget.OwnResourcesPercent)} + {wording.Percent(Math.Round(100 * report.Totals.Requested.Amount / whole, 1))}", (double)(own.Amount / whole), (double)(report.Totals.Requested.Amount / whole));
        }

        Missing(sheet, 2, wording, [.. report.Missing.Select(m => m.Text.In(wording.Language))]);
        sheet.Heading(2, wording.Say("Ce qui a été fait", "What was done"));
        sheet.Facts(wording.Done(report));
        foreach (var section in report.Funders) Funder(sheet, section, wording);
        return sheet.Save();
    }

    private static void Funder(PdfSheet sheet, FunderSection section, ReportWording wording)
    {
        sheet.Heading(2, section.Name);
        if (section.Grants.Count > 0)
        {
            sheet.Paragraph(wording.Say($"{wording.Euros(section.Totals.Requested)} demandés, {wording.Euros(section.Totals.Awarded)} accordés, {wording.Euros(section.Totals.Paid)} versés.",
                $"{wording.Euros(section.Totals.Requested)} requested, {wording.Euros(section.Totals.Awarded)} awarded, {wording.Euros(section.Totals.Paid)} paid."));
            sheet.Table(wording.GrantColumns, [.. section.Grants.Select(wording.Cells)], GrantWidths, numbersFrom: 2);
            foreach (var note in wording.Notes(section)) sheet.Paragraph(note, quiet: true);
        }

        if (section.Lines.Count > 0)
        {
            sheet.Heading(3, wording.Say("Prévu et réalisé", "Planned and done"));
            foreach (var line in section.Lines) sheet.Bar(line.Label.In(wording.Language), wording.Progress(line), (double)line.Done / Math.Max(1, line.Planned ?? line.Done));
            sheet.Table(wording.LineColumns, [.. section.Lines.Select(wording.Cells)], LineWidths, numbersFrom: 1);
        }

        Missing(sheet, 3, wording, wording.Missing(section));
    }

    private static void Missing(PdfSheet sheet, int level, ReportWording wording, IReadOnlyList<string> parts)
    {
        if (parts.Count == 0) return;

        sheet.Heading(level, wording.Say("Ce qui manque", "What is missing"));
        sheet.Bullets(parts);
    }
}
