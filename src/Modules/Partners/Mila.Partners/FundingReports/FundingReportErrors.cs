namespace Mila.Partners.FundingReports;

internal static class FundingReportErrors
{
    public static readonly UnknownError Unknown = new("funding-report-unknown", "There is nothing to report for this year.", "Il n'y a rien à rapporter pour cette année.");
    public static readonly ProtocolError LinkExpired = new(410, "funding-report-link-expired", "This link was good for 14 days: ask for the report with a key.", "Ce lien a valu 14 jours : demandez le bilan avec une clé.");
}
