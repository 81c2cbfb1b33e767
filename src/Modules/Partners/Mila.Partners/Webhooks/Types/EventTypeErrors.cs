namespace Mila.Partners.Webhooks.Types;

internal static class EventTypeErrors
{
    public static readonly UnknownError Unknown = new("event-type-unknown", "There is no such type of message.", "Ce type de message n'existe pas.");
}
