namespace Mila.Partners.Grants;

internal static class GrantErrors
{
    public static readonly UnknownError Unknown = new("grant-unknown", "There is no such grant.", "Cette subvention n'existe pas.");
    public static readonly InvalidError UnknownFunder = new("grant-funder-unknown", "There is no partner of this id that is a funder.", "Aucun financeur ne porte cet identifiant.");
    public static readonly InvalidError FunderFixed = new("grant-funder-fixed", "The funder of a grant never changes.", "Le financeur d'une subvention ne change jamais.");
    public static readonly ConflictError StatusBackwards = new("grant-status-backwards", "A grant goes from requested to awarded, paid and reported, never back.", "Une subvention va de demandée à accordée, versée et justifiée, jamais en arrière.");
    public static readonly ConflictError PaymentBackwards = new("grant-payment-backwards", "A tranche that was paid stays as it is.", "Une tranche versée reste telle quelle.");
    public static readonly ConflictError ReportBackwards = new("grant-report-backwards", "A report that was sent stays as it is.", "Un bilan envoyé reste tel quel.");
    public static readonly ConflictError NotAwarded = new("grant-not-awarded", "Nothing is paid before a grant is awarded.", "Rien n'est versé avant que la subvention soit accordée.");
    public static readonly ConflictError UnderWay = new("grant-under-way", "Only a grant that is still requested, of which nothing was paid and no report sent, can be struck.", "Seule une subvention encore demandée, dont rien n'est versé ni justifié, peut être rayée.");
    public static readonly InvalidError AgreementBackwards = new("grant-agreement-backwards", "An agreement ends in the year it begins, or later.", "Une convention finit au plus tôt l'année où elle commence.");
    public static readonly InvalidError SeasonBroken = new("grant-season-broken", "A season is of two years that follow each other, such as 2025/2026, and the year of the grant is one of them.", "Une saison va d'une année à la suivante, comme 2025/2026, et l'année de la subvention est l'une des deux.");
    public static readonly InvalidError TranchesTooLarge = new("grant-tranches-too-large", "The tranches are more than the grant.", "Les tranches dépassent la subvention.");
}
