namespace Mila.Partners.Claims;

internal static class ClaimErrors
{
    public static readonly UnknownError Unknown = new("discount-claim-unknown", "There is no such claim.", "Cette demande de remise n'existe pas.");
    public static readonly InvalidError UnknownMember = new("discount-member-unknown", "There is no member of this id.", "Aucun adhérent ne porte cet identifiant.");
    public static readonly ConflictError NotInGoodStanding = new("discount-member-not-in-good-standing", "Discounts are for active members in good standing.", "Les remises sont pour les adhérents actifs et à jour.");
    public static readonly ConflictError NotYet = new("discount-not-yet-valid", "This discount has not begun.", "Cette remise n'a pas commencé.");
    public static readonly ConflictError Over = new("discount-over", "This discount is over.", "Cette remise est terminée.");
    public static readonly ConflictError MemberLimit = new("discount-member-limit", "This member has had as many as one may.", "Cet adhérent en a eu autant que possible.");
    public static readonly ConflictError PeriodLimit = new("discount-period-limit", "All of this period have been claimed.", "Tout ce qui était prévu pour cette période a été demandé.");
    public static readonly ConflictError Exhausted = new("discount-exhausted", "All have been claimed.", "Tout a été demandé.");
    public static readonly ConflictError NoCodeLeft = new("discount-no-code-left", "Every code of the pool has been given.", "Tous les codes de la réserve ont été donnés.");
    public static readonly ConflictError Redeemed = new("discount-claim-redeemed", "This claim has been honoured already.", "Cette demande a déjà été honorée.");
    public static readonly ConflictError CodeIsShared = new("discount-code-shared", "All members have the same code: redeem the claim by its id.", "Tous les adhérents ont le même code : utilisez l'identifiant de la demande.");
    public static readonly InvalidError UnknownCode = new("discount-code-unknown", "Nobody was given this code.", "Ce code n'a été donné à personne.");
}
