using Mila.BuildingBlocks.Time;
using Mila.Partners.Evidence;
using Mila.Partners.FundingPlans;
using Mila.Partners.Grants;
using Mila.Partners.Partners;

namespace Mila.Partners.FundingReports;

internal static class ReadFundingReport
{
    /// <summary>Read the report of a year as JSON, CSV, a page or a PDF, as <c>Accept</c> asks: what was promised to each funder, what was done, what is missing. A funder's key sees its own part.</summary>
    internal static Task<Results<ReportFile, ProblemHttpResult>> Handle(
        int year, HttpRequest request, [AsParameters] ReportQuery query, Caller caller, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
        AnswerAsync(year, ReportFormat.Accepted(request), request, query, caller, session, clock, ct);

    /// <summary>The report of a year as JSON.</summary>
    internal static Task<Results<ReportFile, ProblemHttpResult>> AsJson(
        int year, HttpRequest request, [AsParameters] ReportQuery query, Caller caller, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
        AnswerAsync(year, ReportFormat.Json, request, query, caller, session, clock, ct);

    /// <summary>The report of a year as CSV (RFC 4180); no cell is a formula.</summary>
    internal static Task<Results<ReportFile, ProblemHttpResult>> AsCsv(
        int year, HttpRequest request, [AsParameters] ReportQuery query, Caller caller, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
        AnswerAsync(year, ReportFormat.Csv, request, query, caller, session, clock, ct);

    /// <summary>The report of a year as a page, with charts, to read and to print.</summary>
    internal static Task<Results<ReportFile, ProblemHttpResult>> AsPage(
        int year, HttpRequest request, [AsParameters] ReportQuery query, Caller caller, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
        AnswerAsync(year, ReportFormat.Html, request, query, caller, session, clock, ct);

    /// <summary>The report of a year as a tagged PDF.</summary>
    internal static Task<Results<ReportFile, ProblemHttpResult>> AsPdf(
        int year, HttpRequest request, [AsParameters] ReportQuery query, Caller caller, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
        AnswerAsync(year, ReportFormat.Pdf, request, query, caller, session, clock, ct);

    private static async Task<Results<ReportFile, ProblemHttpResult>> AnswerAsync(
        int year, ReportFormat format, HttpRequest request, ReportQuery query, Caller caller, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        if (year is < 2002 or > 2100) return FundingReportErrors.Unknown.ToProblem();

        var only = caller.PartnerId;
        if (query.Funder is { } code)
        {
            if (!Shapes.IsCode(code) || await session.Query<Partner>().FirstOrDefaultAsync(p => p.Code == code, ct) is not { } named || (caller.IsPartner && named.Id != caller.PartnerId)) return FundingReportErrors.Unknown.ToProblem();
            only = named.Id;
        }

        var language = query.Lang is "fr" or "en" ? query.Lang : Languages.Preferred(request, otherwise: "fr");
        return await ComposeAsync(year, format, only, language, session, clock, ct);
    }

    /// <summary>The report of a year, or a funder's part of it.</summary>
    internal static async Task<Results<ReportFile, ProblemHttpResult>> ComposeAsync(
        int year, ReportFormat format, Guid? only, string language, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        var composition = await GatherAsync(year, session, ParisTime.Today(clock), ct);
        return composition.Compose(only) is { } report ? ReportFile.Of(report, format, language, clock.GetUtcNow()) : FundingReportErrors.Unknown.ToProblem();
    }

    private static async Task<ReportComposition> GatherAsync(int year, IQuerySession session, DateOnly today, CancellationToken ct)
    {
        var plan = await session.Query<FundingPlan>().FirstOrDefaultAsync(p => p.Year == year, ct);
        var (from, to) = ReportComposition.Days(year, plan);
        // A season's two years stand side by side: a grant of another year may cover this one.
        var (before, after) = (year - 1, year + 1);
        var grants = await session.Query<Grant>().Where(g => (g.Terms.Year >= before && g.Terms.Year <= after) || g.Terms.Reports.Any(r => r.Year == year)).ToListAsync(ct);
        // Whose money it is, however the partner is called by now.
        var funders = await session.LoadManyAsync<Partner>(ct, grants.Select(g => g.Terms.FunderId).Concat((plan?.Terms.Lines ?? []).SelectMany(l => l.FunderIds)).Distinct().ToArray());
        var entries = await EvidenceBetween.ReadAsync(session, from, to, ct);
        return new ReportComposition(year, plan, grants, funders, entries, today);
    }
}
