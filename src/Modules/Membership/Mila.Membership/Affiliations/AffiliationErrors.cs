namespace Mila.Membership.Affiliations;

internal static class AffiliationErrors
{
    public static readonly InvalidError BeforeAdmission = new("affiliation-before-admission", "The company was not a member on that day.", "À cette date, la structure n'était pas adhérente.");
}
