using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api.Lists;

internal static class ListErrors
{
    public static readonly MalformedError Malformed = new("list-query-malformed", "The query of this list cannot be read.", "La requête de cette liste est illisible.");

    public static MalformedError At(string name, string code, string detail) => Malformed.At(new FieldError("?" + name, code, detail));
}
