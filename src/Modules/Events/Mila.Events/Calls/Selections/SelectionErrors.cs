namespace Mila.Events.Calls.Selections;

internal static class SelectionErrors
{
    public static readonly UnknownError None = new("selection-none", "No selection has been made of this call.", "Aucune sélection n'est faite pour cet appel.");
    public static readonly ConflictError TooFew = new("selection-too-few", "Fewer submissions can be ranked than there are places.", "Moins de candidatures sont classées qu'il n'y a de places.");
    public static readonly ConflictError ReviewsMissing = new("selection-reviews-missing", "Some submissions have too few reviews: have them reviewed, or say why they are left out.", "Des candidatures ont trop peu d'avis : faites-les noter, ou dites pourquoi elles sont écartées.");
    public static readonly ConflictError TieUndecided = new("selection-tie-undecided", "Equals stand on the line between selected, reserve and others: say in which order, and why.", "Des ex æquo sont à cheval entre sélection, réserve et autres : dites dans quel ordre, et pourquoi.");
    public static readonly ConflictError Short = new("selection-short", "A place is free though others are ranked: make the selection anew before it is announced.", "Une place est libre alors que d'autres sont classées : refaites la sélection avant de l'annoncer.");
    public static readonly InvalidError NoSuchTie = new("selection-tie-unknown", "These are not the equals of one rank on the line.", "Ce ne sont pas les ex æquo d'un rang à départager.");
    public static readonly InvalidError UnknownSubmission = new("submission-unknown", "There is no such submission in this selection.", "Cette candidature n'est pas dans la sélection.");
}
