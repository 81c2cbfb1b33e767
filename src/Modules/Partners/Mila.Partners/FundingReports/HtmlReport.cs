using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Mila.BuildingBlocks.Pages;

namespace Mila.Partners.FundingReports;

/// <summary>
/// The report as a page to read, print and send: every chart is drawn beside its words, and a table below says all of it in figures. No script, nothing of a third party.
/// </summary>
internal static class HtmlReport
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <param name="report">What to show.</param>
    /// <param name="wording">In which language.</param>
    /// <param name="site">What addresses begin with, so that the page keeps its style when it is saved.</param>
    /// <param name="funder">Code of the only funder that is shown: the page in the other language shows the same.</param>
    public static byte[] Write(FundingReport report, ReportWording wording, string site, string? funder)
    {
        var page = new StringBuilder(16_000);
        var (otherCode, other) = wording.Language == "en" ? ("fr", "Français") : ("en", "English");
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="{wording.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{Text(wording.Title(report))} – MILA</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{Text(site + Stylesheet.Href)}">
            </head>
            <body class="house">
            <a class="skip" href="#contents">{wording.Say("Aller au contenu", "Skip to contents")}</a>
            <header>
            <p class="brand"><a href="{Text(site)}/agenda">MILA</a></p>
            <nav aria-label="{wording.Say("Langue", "Language")}"><a href="?{(string.IsNullOrEmpty(funder) ? "" : $"funder={Text(Uri.EscapeDataString(funder))}&amp;")}lang={otherCode}" hreflang="{otherCode}" lang="{otherCode}">{other}</a></nav>
            </header>
            <main id="contents" tabindex="-1" class="report">
            <h1>{Text(wording.Title(report))}</h1>
            <p class="quiet">{Text(wording.AsOf(report))}</p>

            """);
        Facts(page, wording.Facts(report));
        if (report.Note is { } note) page.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">{Text(note.In(wording.Language))}</p>\n");
        Shares(page, report, wording);
        Missing(page, wording.Say("Ce qui manque", "What is missing"), [.. report.Missing.Select(m => m.Text.In(wording.Language))], "h2");
        page.Append(CultureInfo.InvariantCulture, $"<section><h2>{wording.Say("Ce qui a été fait", "What was done")}</h2>\n");
        Facts(page, wording.Done(report));
        page.Append("</section>\n");
        foreach (var section in report.Funders) Funder(page, section, wording);
        page.Append("</main>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void Funder(StringBuilder page, FunderSection section, ReportWording wording)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section class=\"funder\"><h2>{Text(section.Name)}</h2>\n");
        if (section.Grants.Count > 0)
        {
            var total = wording.Say($"{wording.Euros(section.Totals.Requested)} demandés, {wording.Euros(section.Totals.Awarded)} accordés, {wording.Euros(section.Totals.Paid)} versés.",
                $"{wording.Euros(section.Totals.Requested)} requested, {wording.Euros(section.Totals.Awarded)} awarded, {wording.Euros(section.Totals.Paid)} paid.");
            page.Append(CultureInfo.InvariantCulture, $"<p>{Text(total)}</p>\n");
            Table(page, section.Name, wording.Say("Subventions", "Grants"), wording.GrantColumns, section.Grants.Select(wording.Cells), numbersFrom: 2);
            foreach (var note in wording.Notes(section)) page.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">{Text(note)}</p>\n");
        }

        if (section.Lines.Count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h3>{wording.Say("Prévu et réalisé", "Planned and done")}</h3>\n<ul class=\"bars\">\n");
            foreach (var line in section.Lines) Bar(page, line, wording);
            page.Append("</ul>\n");
            Table(page, section.Name, wording.Say("Les mêmes lignes en chiffres", "The same lines in figures"), wording.LineColumns, section.Lines.Select(wording.Cells), numbersFrom: 1);
        }

        Missing(page, wording.Say("Ce qui manque", "What is missing"), wording.Missing(section), "h3");
        page.Append("</section>\n");
    }

    /// <summary>A bar is as wide as its promise, filled as far as it is kept; more than that fills it and no more.</summary>
    private static void Bar(StringBuilder page, ReportLine line, ReportWording wording)
    {
        var most = Math.Max(1, line.Planned ?? line.Done);
        page.Append(CultureInfo.InvariantCulture, $"""
            <li><span>{Text(line.Label.In(wording.Language))}</span> <strong>{Text(wording.Progress(line))}</strong>
            <svg class="bar" role="img" aria-label="{Text(line.Label.In(wording.Language) + ", " + wording.Progress(line))}" viewBox="0 0 100 8" preserveAspectRatio="none"><rect class="done" width="{Figure(100m * Math.Min(line.Done, most) / most)}" height="8"/></svg></li>

            """);
    }

    private static void Shares(StringBuilder page, FundingReport report, ReportWording wording)
    {
        if (report.Budget is not { OwnResources: { } own, Amount.Amount: > 0 } budget) return;

        var whole = budget.Amount.Amount;
        var (mine, asked) = (Math.Min(100, 100 * own.Amount / whole), 100 * report.Totals.Requested.Amount / whole);
        var shown = Math.Min(asked, 100 - mine);
        var (ownWords, askedWords) = (wording.Say("Ressources propres prévues", "Own resources planned"), wording.Say("Subventions de ce bilan", "Grants of this report"));
        var said = wording.Say($"Budget : {wording.Percent(budget.OwnResourcesPercent)} de ressources propres, {wording.Percent(asked)} de subventions de ce bilan", $"Budget: {wording.Percent(budget.OwnResourcesPercent)} own resources, {wording.Percent(asked)} grants of this report");
        page.Append(CultureInfo.InvariantCulture, $"""
            <figure class="shares"><svg class="bar" role="img" aria-label="{Text(said)}" viewBox="0 0 100 8" preserveAspectRatio="none"><rect class="done" width="{Figure(mine)}" height="8"/><rect class="asked" x="{Figure(mine)}" width="{Figure(shown)}" height="8"/></svg>
            <figcaption><span class="key done">{Text(ownWords)} {Text(wording.Euros(own))}</span> <span class="key asked">{Text(askedWords)} {Text(wording.Euros(report.Totals.Requested))}</span></figcaption></figure>

            """);
    }

    private static void Facts(StringBuilder page, IReadOnlyList<(string Word, string Figure)> facts)
    {
        page.Append("<dl class=\"facts\">\n");
        foreach (var (word, figure) in facts) page.Append(CultureInfo.InvariantCulture, $"<div><dt>{Text(word)}</dt><dd>{Text(figure)}</dd></div>\n");
        page.Append("</dl>\n");
    }

    private static void Missing(StringBuilder page, string heading, IReadOnlyList<string> parts, string level)
    {
        if (parts.Count == 0) return;

        page.Append(CultureInfo.InvariantCulture, $"<{level}>{heading}</{level}>\n<ul class=\"missing\">\n");
        foreach (var part in parts) page.Append(CultureInfo.InvariantCulture, $"<li>{Text(part)}</li>\n");
        page.Append("</ul>\n");
    }

    // A frame that scrolls is reached by keyboard, so it has a name.
    private static void Table(StringBuilder page, string of, string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, int numbersFrom)
    {
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{Text(of + ", " + caption)}\"><table><caption>{Text(caption)}</caption><thead><tr>");
        for (var i = 0; i < columns.Count; i++) page.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{(i >= numbersFrom ? " class=\"number\"" : "")}>{Text(columns[i])}</th>");
        page.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(row[0])}</th>");
            for (var i = 1; i < row.Count; i++) page.Append(CultureInfo.InvariantCulture, $"<td{(i >= numbersFrom ? " class=\"number\"" : "")}>{Text(row[i])}</td>");
            page.Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static string Text(string text) => Html.Encode(text);

    private static string Figure(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
