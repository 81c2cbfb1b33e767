namespace Mila.Partners.Grants;

internal static class GrantErrors
{
    public static readonly UnknownError Unknown = new("grant-unknown", "There is no such grant.", "Cette subvention n'existe pas.");
    public static readonly InvalidError UnknownFunder = new("grant-funder-unknown", "There is no partner of this id that is a funder.", "Aucun financeur ne porte cet identifiant.");
    public static readonly InvalidError FunderFixed = new("grant-funder-fixed", "The funder of a grant never changes.", "Le financeur d'une subvention ne change jamais.");
    public static readonly ConflictError StatusBackwards = new("grant-status-backwards", "A grant goes from requested to awarded, paid and reported, never back.", "Une subvention va de demandée à accordée, versée et justifiée, jamais en arrière.");
}
