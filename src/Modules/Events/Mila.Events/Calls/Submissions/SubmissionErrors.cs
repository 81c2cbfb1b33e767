namespace Mila.Events.Calls.Submissions;

internal static class SubmissionErrors
{
    public static readonly UnknownError Unknown = new("submission-unknown", "There is no such submission.", "Cette candidature n'existe pas.");
    public static readonly ConflictError AddressTaken = new("submission-address-taken", "This address has sent a submission to this call already.", "Cette adresse a déjà envoyé une candidature à cet appel.");
    public static readonly ConflictError ActTaken = new("submission-act-taken", "An act of this name takes part in this call already.", "Un artiste ou groupe de ce nom participe déjà à cet appel.");
    public static readonly ConflictError NotConfirmed = new("submission-not-confirmed", "The address of this submission is not confirmed.", "L'adresse de cette candidature n'est pas confirmée.");
    public static readonly ConflictError LinkExpired = new("submission-link-expired", "This link holds for 24 hours: please send the form again.", "Ce lien vaut 24 heures : merci de renvoyer le formulaire.");
    public static readonly ConflictError Withdrawn = new("submission-withdrawn", "The submission is withdrawn.", "La candidature est retirée.");
    public static readonly ConflictError TakesPart = new("submission-takes-part", "Who still takes part is not forgotten: withdraw the submission first.", "On n'efface pas qui participe encore : retirez d'abord la candidature.");
}
