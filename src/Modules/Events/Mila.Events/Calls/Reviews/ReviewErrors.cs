namespace Mila.Events.Calls.Reviews;

internal static class ReviewErrors
{
    public static readonly ConflictError InConflict = new("reviewer-in-conflict", "This reviewer has declared a conflict of interest with this artist.", "Ce membre du jury a déclaré un conflit d'intérêts avec cet artiste.");
    public static readonly ConflictError AlreadyDeclared = new("conflict-already-declared", "This conflict of interest is declared already.", "Ce conflit d'intérêts est déjà déclaré.");
    public static readonly ConflictError Final = new("review-final", "Who has seen the others' scores keeps their own.", "Qui a vu les notes des autres garde les siennes.");
    public static readonly ConflictError Unfinished = new("reviews-unfinished", "The others' scores are shown once every submission has been answered.", "Les notes des autres se voient une fois toutes les candidatures traitées.");
    public static readonly InvalidError ReasonNeeded = new("conflict-without-reason", "Please say why, in at most 500 characters.", "Merci de dire pourquoi, en 500 caractères au plus.");
    public static readonly InvalidError Incomplete = new("scores-incomplete", "Each criterion has one score.", "Chaque critère reçoit une note.");
    public static readonly InvalidError OutOfScale = new("score-out-of-scale", "A score is from 1 to the best of the call.", "Une note va de 1 à la meilleure de l'appel.");
}
