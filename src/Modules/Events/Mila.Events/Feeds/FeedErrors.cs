namespace Mila.Events.Feeds;

internal static class FeedErrors
{
    public static readonly UnknownError NotOfTheAgenda = new("oembed-unknown", "This is no address of the agenda.", "Cette adresse n'est pas de l'agenda.");
    public static readonly UnknownError UnknownPartner = new("partner-unknown", "There is no such partner.", "Ce partenaire n'existe pas.");
    public static readonly ProtocolError NoSuchFormat = new(501, "oembed-format", "The formats are json and xml.", "Les formats sont json et xml.");

    private static readonly MalformedError Filter = new("agenda-filter-malformed", "The filter cannot be read.", "Le filtre est illisible.");

    public static MalformedError At(string name, string code, string detail) => Filter.At(new FieldError("?" + name, code, detail));
}
