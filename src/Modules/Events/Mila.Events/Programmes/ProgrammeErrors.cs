namespace Mila.Events.Programmes;

internal static class ProgrammeErrors
{
    public static readonly UnknownError Unknown = new("programme-unknown", "There is no such programme.", "Ce programme n'existe pas.");
    public static readonly ConflictError CodeTaken = new("programme-code-taken", "Another programme has this code.", "Un autre programme porte ce code.");
    public static readonly InvalidError CodeFixed = new("programme-code-fixed", "The code of a programme never changes.", "Le code d'un programme ne change jamais.");
    public static readonly MalformedError NoPeriod = new("period-malformed", "From and to are months, yyyy-MM, in this order and within 36 months.", "From et to sont des mois, yyyy-MM, dans cet ordre et sur 36 mois au plus.");
}
