using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Security.ApiKeys;

internal static class ApiKeyErrors
{
    public static readonly UnknownError Unknown = new("api-key-unknown", "There is no such key.", "Cette clé n’existe pas.");

    public static readonly ForbiddenError ScopeNotHeld = new("scope-not-held",
        "Nobody can grant a scope that they do not hold.",
        "Nul ne peut accorder une portée qu’il n’a pas.");

    public static readonly InvalidError AdminScope = new("admin-scope",
        "A key of kind admin has the scope admin and no other; no other kind has it.",
        "Une clé de type admin a la portée admin et elle seule ; aucun autre type ne l’a.");

    public static readonly InvalidError PartnerNeeded = new("partner-needed",
        "A key of kind partner, and no other, is bound to a partner.",
        "Une clé de type partner, et elle seule, est liée à un partenaire.");

    public static readonly InvalidError UnknownPartner = new("partner-unknown", "There is no such partner.", "Ce partenaire n’existe pas.");

    public static readonly InvalidError PartnerScope = new("partner-scope",
        "A partner's key opens partners and events, and nothing else.",
        "La clé d’un partenaire ouvre les partenaires et les événements, et rien d’autre.");

    public static readonly InvalidError ExpiryPast = new("expiry-past", "A key must expire in the future.", "Une clé doit expirer dans le futur.");

    public static readonly ConflictError Revoked = new("api-key-revoked", "The key was revoked: issue another.", "La clé a été révoquée : émettez-en une autre.");

    public static readonly ConflictError Expired = new("api-key-expired", "The key has expired: issue another.", "La clé a expiré : émettez-en une autre.");
}
