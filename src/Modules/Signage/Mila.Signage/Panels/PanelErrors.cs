namespace Mila.Signage.Panels;

internal static class PanelErrors
{
    public static readonly UnknownError Unknown = new("panel-unknown", "There is no such panel.", "Ce panneau n'existe pas.");
    public static readonly InvalidError UnknownMember = new("member-unknown", "There is no such member.", "Cet adhérent n'existe pas.");
    public static readonly InvalidError UnknownSpace = new("space-unknown", "There is no such space.", "Ce local n'existe pas.");
    public static readonly InvalidError NotAShop = new("panel-space-not-shop", "Panels are for shops.", "Les panneaux sont pour les boutiques.");
    public static readonly InvalidError SpaceFixed = new("panel-space-fixed", "A panel belongs to one shop; request another for another shop.", "Un panneau appartient à une boutique ; demandez-en un autre pour une autre.");
    public static readonly InvalidError MemberFixed = new("panel-member-fixed", "The member of a panel follows from the lease of its shop.", "L'adhérent d'un panneau découle du bail de sa boutique.");
    public static readonly ConflictError MountingFixed = new("panel-mounting-fixed", "The panel is printed: its mounting no longer changes.", "Le panneau est imprimé : sa pose ne change plus.");
    public static readonly ConflictError InPreparation = new("panel-in-preparation", "This shop has a panel in preparation already.", "Cette boutique a déjà un panneau en préparation.");
    public static readonly ConflictError Nameless = new("panel-nameless", "A panel needs the name of the company before it is approved.", "Il faut le nom de la structure pour approuver un panneau.");
    public static readonly ConflictError AlreadyApproved = new("panel-already-approved", "The panel is approved already.", "Le panneau est déjà approuvé.");
    public static readonly ConflictError NotApproved = new("panel-not-approved", "The panel has to be approved first.", "Le panneau doit d'abord être approuvé.");
    public static readonly ConflictError NoAuthorisationNeeded = new("panel-authorisation-not-needed", "Inside a window nobody has to authorise it.", "Derrière la vitre, personne n'a à l'autoriser.");
    public static readonly ConflictError AlreadyAuthorised = new("panel-already-authorised", "The landlord has authorised it already.", "Le bailleur l'a déjà autorisé.");
    public static readonly ConflictError NotAuthorised = new("panel-not-authorised", "Outdoors, the landlord has to authorise it first.", "À l'extérieur, le bailleur doit d'abord l'autoriser.");
    public static readonly ConflictError Stale = new("panel-stale", "The panel would not say the truth; see stale.", "Le panneau ne dirait pas la vérité ; voir stale.");
    public static readonly ConflictError AlreadyFabricated = new("panel-already-fabricated", "The panel is printed already.", "Le panneau est déjà imprimé.");
    public static readonly ConflictError NotFabricated = new("panel-not-fabricated", "The panel has to be printed first.", "Le panneau doit d'abord être imprimé.");
    public static readonly ConflictError AlreadyInstalled = new("panel-already-installed", "The panel is installed already.", "Le panneau est déjà posé.");
    public static readonly ConflictError PlaceTaken = new("panel-place-taken", "Another panel hangs at this shop: retire it first.", "Un autre panneau est posé à cette boutique : retirez-le d'abord.");
    public static readonly ConflictError Retired = new("panel-retired", "The panel is retired.", "Le panneau est retiré.");
}
