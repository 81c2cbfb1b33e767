namespace Mila.Partners.FundingReports;

internal static class FundingReportErrors
{
    public static readonly UnknownError Unknown = new("funding-report-unknown", "There is nothing to report for this year.", "Il n'y a rien à rapporter pour cette année.");
}
