namespace Mila.Partners.FundingPlans;

internal static class FundingPlanErrors
{
    public static readonly UnknownError Unknown = new("funding-plan-unknown", "There is no plan for this year.", "Il n'y a pas de plan de financement pour cette année.");
    public static readonly ConflictError YearTaken = new("funding-plan-year-taken", "This year has a plan.", "Cette année a déjà un plan de financement.");
    public static readonly InvalidError YearFixed = new("funding-plan-year-fixed", "The year of a plan never changes.", "L'année d'un plan de financement ne change jamais.");
    public static readonly InvalidError LineTwice = new("funding-line-twice", "Each line has a code of its own.", "Chaque ligne a son propre code.");
    public static readonly InvalidError LineEndsBeforeStart = new("funding-line-ends-before-start", "A line ends on or after its first day; unless said, these are the first and the last of the year.", "Une ligne finit au plus tôt le jour où elle commence ; sans autre indication ce sont le premier et le dernier jour de l'année.");
    public static readonly InvalidError UnknownFunder = new("funding-line-funder-unknown", "There is no partner of this id that is a funder.", "Aucun financeur ne porte cet identifiant.");
}
