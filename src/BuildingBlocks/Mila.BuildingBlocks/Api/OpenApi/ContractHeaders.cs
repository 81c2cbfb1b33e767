using Microsoft.OpenApi;

namespace Mila.BuildingBlocks.Api.OpenApi;

/// <summary>Headers of answers, each described once.</summary>
internal static class ContractHeaders
{
    /// <summary>What any answer may carry.</summary>
    public static readonly string[] OfEveryAnswer = ["RateLimit", "RateLimit-Policy", "Access-Control-Allow-Origin"];

    public static Dictionary<string, IOpenApiHeader> All => new(StringComparer.Ordinal)
    {
        ["RateLimit"] = Text("What is left: `\"key\";r=299;t=42`. Absent where nothing is limited: feeds, pages, `/q/*` and health."),
        ["RateLimit-Policy"] = Text("The quota: `\"key\";q=300;w=60`. Absent where nothing is limited."),
        ["Access-Control-Allow-Origin"] = Text("`*` on public reads; absent elsewhere."),
        ["ETag"] = Text("The version of the resource: what If-Match and If-None-Match repeat."),
        ["Idempotent-Replayed"] = Text("`true` where this is the answer that was kept under the request's Idempotency-Key; absent on the first one."),
        ["Location"] = Text("Its address."),
        ["Retry-After"] = new OpenApiHeader { Description = "Seconds to wait.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0", Maximum = "86400" } },
    };

    private static OpenApiHeader Text(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 2000 } };
}
