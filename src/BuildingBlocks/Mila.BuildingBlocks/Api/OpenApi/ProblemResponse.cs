using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Mila.BuildingBlocks.Api.RateLimiting;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api.OpenApi;

/// <summary>The answers that refuse, each described once: a problem (RFC 9457) with its headers and an example.</summary>
internal static class ProblemResponse
{
    /// <summary>Its place among the contract's shared responses.</summary>
    public static string IdOf(int status) => $"Problem{status.ToString(CultureInfo.InvariantCulture)}";

    public static OpenApiResponse Of(int status, OpenApiDocument document)
    {
        var headers = ContractHeaders.OfEveryAnswer.ToDictionary(name => name, IOpenApiHeader (name) => new OpenApiHeaderReference(name, document), StringComparer.Ordinal);
        if (status is 429 or 503 or 409) headers["Retry-After"] = new OpenApiHeaderReference("Retry-After", document);
        if (status is 412) headers["ETag"] = new OpenApiHeaderReference("ETag", document);
        return new OpenApiResponse
        {
            Description = StatusWords.Of(status),
            Headers = headers,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", document), Example = Example(status) },
            },
        };
    }

    private static JsonObject Example(int status)
    {
        var error = ErrorOf(status);
        var problem = error.ToProblem().ProblemDetails;
        var example = new JsonObject
        {
            ["type"] = problem.Type,
            ["title"] = problem.Title,
            ["status"] = status,
            ["detail"] = problem.Detail,
            ["instance"] = "/v1/events",
            ["code"] = error.Code,
            ["traceId"] = "0af7651916cd43dd8448eb211c80319c",
        };
        if (status == 422) example["errors"] = new JsonArray(new JsonObject { ["pointer"] = "/title/fr", ["code"] = "required", ["detail"] = "This member is missing." });
        return example;
    }

    private static Error ErrorOf(int status) => status switch
    {
        401 => ApiErrors.Unauthenticated,
        403 => ApiErrors.Forbidden,
        404 => ApiErrors.UnknownRoute,
        406 => ApiErrors.NotAcceptable,
        409 => ApiErrors.Race,
        412 => ApiErrors.Stale,
        413 => ApiErrors.TooLarge,
        415 => ApiErrors.UnsupportedMediaType,
        422 => ApiErrors.Invalid,
        428 => ApiErrors.IfMatchNeeded,
        429 => RateLimitMiddleware.TooMany,
        503 => ApiErrors.NotReady,
        >= 500 => ApiErrors.Broken,
        _ => ApiErrors.Unreadable,
    };
}
