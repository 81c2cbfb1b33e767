using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Import;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Partners.Tests.FundingReports;

/// <summary>The real year 2026 as it was imported: what the budget and the applications to the City say, to the euro.</summary>
public sealed class ImportedYearTests(ImportedYearTests.Year year) : IClassFixture<ImportedYearTests.Year>
{
    private static readonly (string Code, string Label, int Target)[] Services =
        [("structuring-diagnostic", "Diagnostic de Structuration", 30), ("expert-consultation", "Consultation d'Experts", 36), ("communication-audit", "Audit de Communication", 30)];

    [Fact]
    public async Task The_report_says_the_budget_the_grants_asked_of_the_City_and_the_targets()
    {
        using var admin = year.Admin();
        var report = await admin.ReadAsync("/v1/funding-reports/2026");

        var budget = report.GetProperty("budget");
        (Amount(budget, "amount"), budget.GetProperty("ownResourcesPercent").GetDecimal(), Amount(budget, "ownResources"), budget.GetProperty("selfFinancedPercent").GetDecimal()).ShouldBe((170_505m, 61m, 104_008.05m, 80m));
        var city = Section(report, "ville-de-paris");
        Amount(city.GetProperty("totals"), "requested").ShouldBe(35_000m);
        Amount(city.GetProperty("totals"), "awarded").ShouldBe(0m);
        city.GetProperty("grants").EnumerateArray().Select(g => (g.Text("department"), g.Text("status"), Amount(g.GetProperty("totals"), "requested"))).ShouldBe([("DAE", "requested", 20_000m), ("DAC", "requested", 15_000m)]);
        foreach (var (code, label, target) in Services)
        {
            var line = city.GetProperty("lines").EnumerateArray().Single(l => l.Text("code") == code);
            (line.GetProperty("label").Text("fr"), line.GetProperty("planned").GetInt32(), line.GetProperty("done").GetInt32(), line.GetProperty("remaining").GetInt32()).ShouldBe((label, target, 0, target));
        }

        var ministry = Section(report, "dgmic");
        (Amount(ministry.GetProperty("totals"), "awarded"), ministry.GetProperty("grants")[0].Text("agreement")).ShouldBe((25_000m, "three-year, 2023 to 2026"));
        Section(report, "cnm").GetProperty("lines").EnumerateArray().Select(l => (l.Text("code"), l.GetProperty("planned").GetInt32())).ShouldBe([("crescendo", 12)]);
        Section(report, "cnm").GetProperty("missing").EnumerateArray().Select(m => m.Text("code")).ShouldContain("no-grant");
        report.GetProperty("missing").EnumerateArray().Select(m => m.Text("code")).ShouldBe(["own-resources-open", "year-not-over"]);
    }

    [Fact]
    public async Task The_CSV_says_the_same()
    {
        var csv = await GetAsync("/v1/funding-reports/2026.csv", "text/csv");
        var lines = csv.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(Cells).ToArray();
        var columns = lines[0].Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i);

        var budget = lines.Single(l => l[0] == "budget");
        (budget[columns["budgetEuros"]], budget[columns["ownResourcesPercent"]]).ShouldBe(("170505.00", "61"));
        lines.Where(l => l[0] == "grant" && l[columns["funder"]] == "ville-de-paris").Select(l => (l[columns["code"]], l[columns["requestedEuros"]])).ShouldBe([("DAE", "20000.00"), ("DAC", "15000.00")]);
        foreach (var (code, _, target) in Services)
        {
            lines.Single(l => l[0] == "line" && l[columns["funder"]] == "ville-de-paris" && l[columns["code"]] == code)[columns["planned"]].ShouldBe(target.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task The_page_says_the_same_and_its_charts_have_words()
    {
        var page = Plain((await GetAsync("/v1/funding-reports/2026.html?lang=fr", "text/html")).Text);
        SaysTheYear(page, "</dt><dd>");
        page.ShouldContain("<html lang=\"fr\">");
        page.ShouldNotContain("<script");
        var charts = page.Split("<svg").Skip(1).ToArray();
        charts.Length.ShouldBeGreaterThan(10);
        charts.ShouldAllBe(c => c.Contains("role=\"img\"", StringComparison.Ordinal) && c.Contains("aria-label=\"", StringComparison.Ordinal));
        Plain((await GetAsync("/v1/funding-reports/2026.html?lang=en", "text/html")).Text).ShouldContain("<dt>Share of own resources</dt><dd>61 % (104,008.05 €)</dd>");
    }

    [Fact]
    public async Task The_PDF_says_the_same_and_is_tagged()
    {
        using var admin = year.Admin();
        using var answer = await admin.GetAsync("/v1/funding-reports/2026.pdf?lang=fr", TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("MILA_KEEP_PDF") is { Length: > 0 } kept) await File.WriteAllBytesAsync(kept, bytes, TestContext.Current.CancellationToken);

        SaysTheYear(Plain(PdfText.Of(bytes)), "\n");
        using var document = PdfSharp.Pdf.IO.PdfReader.Open(new MemoryStream(bytes), PdfSharp.Pdf.IO.PdfDocumentOpenMode.Import);
        document.Language.ShouldBe("fr");
        document.Info.Title.ShouldBe("Bilan 2026 pour les financeurs");
        var catalog = document.Internals.Catalog.Elements;
        catalog.GetDictionary("/MarkInfo")!.Elements.GetBoolean("/Marked").ShouldBeTrue();
        catalog.ContainsKey("/StructTreeRoot").ShouldBeTrue();
    }

    /// <summary>The figures of the year, each beside its words.</summary>
    private static void SaysTheYear(string text, string between)
    {
        text.ShouldContain($"Budget{between}170 505 €");
        text.ShouldContain($"Part des ressources propres{between}61 % (104 008,05 €)");
        text.ShouldContain("35 000 € demandés, 0 € accordés, 0 € versés.");
        foreach (var words in new[] { "DAE, 2026", "20 000 €", "DAC, 2026", "15 000 €" }) text.ShouldContain(words);
        foreach (var (_, label, target) in Services)
        {
            text.ShouldContain(label);
            text.ShouldContain($"0 sur {target} rendez-vous");
        }
    }

    private async Task<Answer> GetAsync(string path, string mediaType)
    {
        using var admin = year.Admin();
        var answer = (await admin.AskAsync(path)).Expect(200);
        answer.ContentHeaders.ContentType!.MediaType.ShouldBe(mediaType);
        return answer;
    }

    /// <summary>The cells of a line of RFC 4180, in which a quoted one may hold commas.</summary>
    private static string[] Cells(string line)
    {
        var pieces = line.Split('"');
        for (var i = 1; i < pieces.Length; i += 2) pieces[i] = pieces[i].Replace(',', '\u0001');
        return [.. string.Concat(pieces).Split(',').Select(c => c.Replace('\u0001', ','))];
    }

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace("&#xA0;", " ", StringComparison.Ordinal).Replace("&#x27;", "'", StringComparison.Ordinal);

    private static JsonElement Section(JsonElement report, string code) => report.GetProperty("funders").EnumerateArray().Single(f => f.Text("code") == code);

    private static decimal Amount(JsonElement of, string member) => decimal.Parse(of.GetProperty(member).Text("amount"), CultureInfo.InvariantCulture);

    /// <summary>The application with the whole file imported.</summary>
    public sealed class Year(TestPostgres postgres) : TestMila(postgres), IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await using var scope = Services.CreateAsyncScope();
            var bytes = await File.ReadAllBytesAsync(Path.Combine(Root(), "deploy/data/mila-2026.json"));
            (await scope.ServiceProvider.GetRequiredService<Importer>().ImportAsync(bytes, new ImportReport(), default)).Succeeded(out _, out var refusal).ShouldBeTrue(refusal?.Detail);
        }

        private static string Root()
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Mila.sln"))) folder = folder.Parent;
            return folder.FullName;
        }
    }
}
