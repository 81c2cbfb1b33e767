namespace Mila.Hosting.Spaces;

internal static class SpaceErrors
{
    public static readonly UnknownError Unknown = new("space-unknown", "There is no such space.", "Ce local n'existe pas.");
    public static readonly ConflictError CodeTaken = new("space-code-taken", "Another space has this code.", "Un autre local porte ce code.");
    public static readonly InvalidError CodeFixed = new("space-code-fixed", "The code of a space never changes.", "Le code d'un local ne change jamais.");
    public static readonly InvalidError KindFixed = new("space-kind-fixed", "The kind of a space never changes: its leases were counted by it.", "La nature d'un local ne change jamais : ses mises à disposition ont été comptées selon elle.");
}
