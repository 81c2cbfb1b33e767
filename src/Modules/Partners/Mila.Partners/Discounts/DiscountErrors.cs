namespace Mila.Partners.Discounts;

internal static class DiscountErrors
{
    public static readonly UnknownError Unknown = new("discount-unknown", "There is no such discount.", "Cette remise n'existe pas.");
    public static readonly InvalidError UnknownPartner = new("discount-partner-unknown", "There is no partner of this id.", "Aucun partenaire ne porte cet identifiant.");
    public static readonly InvalidError EndsBeforeStart = new("discount-ends-before-start", "A discount ends on or after the day it starts.", "Une remise finit au plus tôt le jour où elle commence.");
}
