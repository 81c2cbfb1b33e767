namespace Mila.Partners.Webhooks.Changes;

internal static class ChangesErrors
{
    public static readonly ProtocolError CursorExpired = new(410, "cursor-expired",
        "What this cursor points at is gone, forgotten after 90 days or undone when the database was restored: leave out after, and read the stream from its start.",
        "Ce que ce curseur désigne n'est plus là, oublié après 90 jours ou défait par une restauration de la base : sans after, relisez le flux depuis son début.");
}
