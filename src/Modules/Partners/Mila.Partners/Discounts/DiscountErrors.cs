namespace Mila.Partners.Discounts;

internal static class DiscountErrors
{
    public static readonly UnknownError Unknown = new("discount-unknown", "There is no such discount.", "Cette remise n'existe pas.");
    public static readonly InvalidError UnknownPartner = new("discount-partner-unknown", "There is no partner of this id.", "Aucun partenaire ne porte cet identifiant.");
    public static readonly InvalidError EndsBeforeStart = new("discount-ends-before-start", "A discount ends on or after the day it starts.", "Une remise finit au plus tôt le jour où elle commence.");
    public static readonly InvalidError CodeNeeded = new("discount-code-needed", "A discount with a shared code needs that code.", "Une remise à code commun a besoin de ce code.");
    public static readonly InvalidError CodeNotShared = new("discount-code-not-shared", "Only a discount with a shared code has a promo code.", "Seule une remise à code commun a un code promo.");
    public static readonly ConflictError NoPool = new("discount-no-pool", "This discount does not give each member a code.", "Cette remise ne donne pas un code à chaque adhérent.");
    public static readonly ConflictError PoolFull = new("discount-pool-full", "A pool holds at most 10 000 codes.", "Une réserve contient au plus 10 000 codes.");
    public static readonly ConflictError CodesClaimed = new("discount-codes-claimed", "How codes are given cannot change once somebody has claimed one.", "La façon de donner les codes ne change plus dès qu'un code a été demandé.");
}
