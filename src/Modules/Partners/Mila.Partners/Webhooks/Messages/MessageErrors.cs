namespace Mila.Partners.Webhooks.Messages;

internal static class MessageErrors
{
    public static readonly UnknownError Unknown = new("webhook-message-unknown", "There is no such message.", "Ce message n'existe pas.");
    public static readonly ConflictError NotForThem = new("webhook-message-not-for-them", "The partner of this endpoint may not know of this message.", "Le partenaire de ce point d'accès n'a pas à connaître ce message.");
}
