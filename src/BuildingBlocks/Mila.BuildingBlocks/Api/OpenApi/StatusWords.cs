namespace Mila.BuildingBlocks.Api.OpenApi;

/// <summary>What a status means here, in one sentence of the contract.</summary>
internal static class StatusWords
{
    public static string Of(int status) => status switch
    {
        200 => "Done.",
        201 => "Created.",
        202 => "Taken in; the work goes on.",
        204 => "Done; there is nothing to say.",
        302 or 303 => "Elsewhere; see Location.",
        304 => "The caller has it already.",
        400 => "The request cannot be read.",
        401 => "A valid key is needed.",
        403 => "The key does not have the scope.",
        404 => "Unknown, or not for this caller to know.",
        406 => "Accept allows none of the representations.",
        409 => "A rule or a race says no.",
        410 => "It was there and is gone.",
        412 => "The resource has changed since the ETag was read.",
        413 => "The body is larger than 1 MiB.",
        415 => "The body is of another media type.",
        422 => "Well-formed but invalid; `errors` says where.",
        428 => "If-Match is needed.",
        429 => "Too many requests.",
        501 => "There is no such format.",
        503 => "The database cannot be reached.",
        _ => "Something went wrong on our side.",
    };
}
