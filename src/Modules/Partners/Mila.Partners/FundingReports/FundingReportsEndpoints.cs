using Carter;

namespace Mila.Partners.FundingReports;

internal sealed class FundingReportsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var reports = app.MapGroup("/v1/funding-reports").WithTags("Partners").RequireScope("partners:read");
        reports.MapGet("/{year:int}", ReadFundingReport.Handle).WithName(nameof(ReadFundingReport)).Produces<FundingReport>(200, "application/json", "text/html", "text/csv", "application/pdf").Produces(304).ProducesProblems(404);
        reports.MapGet("/{year:int}.json", ReadFundingReport.AsJson).WithName("ReadFundingReportAsJson").Produces<FundingReport>(200, "application/json").Produces(304).ProducesProblems(404);
        reports.MapGet("/{year:int}.csv", ReadFundingReport.AsCsv).WithName("ReadFundingReportAsCsv").Produces(200, contentType: "text/csv").Produces(304).ProducesProblems(404);
        reports.MapGet("/{year:int}.html", ReadFundingReport.AsPage).WithName("ReadFundingReportAsPage").Produces(200, contentType: "text/html").Produces(304).ProducesProblems(404);
        reports.MapGet("/{year:int}.pdf", ReadFundingReport.AsPdf).WithName("ReadFundingReportAsPdf").Produces(200, contentType: "application/pdf").Produces(304).ProducesProblems(404);

        // For people, reached from a mail: no part of the contract that programs read.
        app.MapGroup("").Public().ExcludeFromDescription().MapGet("/funding-reports/{token}.pdf", ReadReportByLink.Handle).WithName(nameof(ReadReportByLink)).Produces(200, contentType: "application/pdf").ProducesProblems(404, 410);
    }
}
