namespace Mila.Partners.Webhooks.Messages;

internal static class MessageErrors
{
    public static readonly UnknownError Unknown = new("webhook-message-unknown", "There is no such message.", "Ce message n'existe pas.");
}
