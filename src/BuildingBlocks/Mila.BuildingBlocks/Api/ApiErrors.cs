using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api;

/// <summary>What the API itself refuses, whatever the module.</summary>
internal static class ApiErrors
{
    public static readonly MalformedError Unreadable = new("request-malformed", "The request cannot be read.", "La requête est illisible.");
    public static readonly InvalidError Invalid = new("request-invalid", "Some fields are not valid.", "Certains champs ne sont pas valides.");
    public static readonly UnauthenticatedError Unauthenticated = new("unauthenticated", "This needs a valid key: Authorization: Bearer mila_…", "Une clé valide est nécessaire : Authorization: Bearer mila_…");
    public static readonly ForbiddenError Forbidden = new("forbidden", "This key does not reach this far.", "Cette clé ne permet pas cela.");
    public static readonly UnknownError UnknownRoute = new("unknown-route", "There is nothing at this address.", "Il n'y a rien à cette adresse.");
    public static readonly ProtocolError MethodNotAllowed = new(405, "method-not-allowed", "This address does not take this method; see Allow.", "Cette adresse n'accepte pas cette méthode ; voir Allow.");
    public static readonly ProtocolError NotAcceptable = new(406, "not-acceptable", "There is no representation that Accept allows.", "Aucune représentation ne convient à Accept.");
    public static readonly ProtocolError TooLarge = new(413, "body-too-large", "A body is 1 MiB at most.", "Un corps fait 1 Mio au plus.");
    public static readonly ProtocolError UnsupportedMediaType = new(415, "unsupported-media-type", "The body is not of a media type that this operation reads.", "Le type de ce corps n'est pas accepté ici.");
    public static readonly ProtocolError IfMatchNeeded = new(428, "if-match-needed", "Send If-Match with the ETag that you read.", "Envoyez If-Match avec l'ETag que vous avez lu.");
    public static readonly ProtocolError Stale = new(412, "stale", "The resource has changed since; its ETag is in this answer.", "La ressource a changé depuis ; son ETag est dans cette réponse.");
    public static readonly ConflictError Race = new("concurrent-change", "Others were changing the same thing at the same time. Try again.", "D'autres modifiaient la même chose au même moment. Réessayez.");
    public static readonly ConflictError AlreadyExists = new("already-exists", "Another one has the same identity.", "Un autre a la même identité.");
    public static readonly ProtocolError Broken = new(500, "internal-error", "Something went wrong on our side; nothing was stored.", "Une erreur est survenue de notre côté ; rien n'a été enregistré.");
    public static readonly ProtocolError NotReady = new(503, "not-ready", "The database cannot be reached. Try again shortly.", "La base de données est injoignable. Réessayez dans un instant.");
}
