namespace Mila.Partners.Partners;

internal static class PartnerErrors
{
    public static readonly UnknownError Unknown = new("partner-unknown", "There is no such partner.", "Ce partenaire n'existe pas.");
    public static readonly ConflictError CodeTaken = new("partner-code-taken", "Another partner has this code.", "Un autre partenaire porte ce code.");
    public static readonly InvalidError CodeFixed = new("partner-code-fixed", "The code of a partner never changes.", "Le code d'un partenaire ne change jamais.");
    public static readonly ConflictError IssuerTaken = new("partner-issuer-taken", "Another partner, or MILA itself, issues under this name.", "Un autre partenaire, ou MILA même, émet sous ce nom.");
    public static readonly ForbiddenError StaffOnly = new("partner-staff-only", "A partner's key reads here and changes nothing.", "La clé d'un partenaire lit ici et ne change rien.");
}
