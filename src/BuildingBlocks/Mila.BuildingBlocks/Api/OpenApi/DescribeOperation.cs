using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;
using Mila.BuildingBlocks.Api.Lists;
using Mila.BuildingBlocks.Api.RateLimiting;
using Mila.BuildingBlocks.Security;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Mila.BuildingBlocks.Api.OpenApi;

/// <summary>Says of each operation what all operations have in common: scope, headers, problems, the query of lists.</summary>
internal sealed class DescribeOperation : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var method = context.ApiDescription.HttpMethod ?? "";
        operation.Parameters = [.. operation.Parameters ?? []];
        operation.Responses ??= [];
        DescribeScope(operation, metadata, context.Document);
        DescribeList(operation, metadata);
        DescribeHeaders(operation, metadata, method, context);
        DescribeProblems(operation, metadata, method, context.Document);
        DescribeResponses(operation, metadata, method);
        BoundParameters(operation);
        operation.Description ??= operation.Summary;
    }

    private static void DescribeScope(OpenApiOperation operation, IList<object> metadata, OpenApiDocument document)
    {
        var scope = metadata.OfType<RequiredScope>().LastOrDefault()?.Scope;
        if (scope is null)
        {
            operation.Security = [];
            return;
        }

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] }];
        operation.Description = $"{operation.Summary}\n\nScope: `{scope}`.";
        operation.AddExtension("x-scope", new JsonNodeExtension(JsonValue.Create(scope)));
    }

    private static void DescribeList(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<ListDescription>().LastOrDefault() is not { } list) return;

        Query("limit", "Items a page.", new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = "250", Default = JsonValue.Create(50) });
        Query("after", "Cursor of the page before; it belongs to one query.", Text(2000));
        Query("sort", "One of the keys, after '-' for the other way round.", new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. list.Sorts.SelectMany(s => new[] { s, "-" + s }).Select(s => JsonValue.Create(s))] });
        foreach (var (name, help, values) in list.Filters)
        {
            Query(name, values is null ? help : $"{help} Of: {string.Join(", ", values)}.", Text(800));
        }

        void Query(string name, string description, OpenApiSchema schema) =>
            operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema });
    }

    private static void DescribeHeaders(OpenApiOperation operation, IList<object> metadata, string method, OperationFilterContext context)
    {
        foreach (var ours in operation.Parameters!.Where(p => p.Name is "list" or "patch" or "ifMatch").ToList()) operation.Parameters!.Remove(ours);
        if (context.MethodInfo?.GetParameters().Any(p => p.ParameterType == typeof(IfMatch)) == true) Header("If-Match", "The ETag that was read; 428 without it, 412 when the resource has changed since.", required: true);
        if (method == "GET" && metadata.OfType<HasEtag>().Any()) Header("If-None-Match", "The ETag that the caller has; 304 when it still is the current one.", required: false);
        if (method == "POST" && metadata.OfType<RequiredScope>().LastOrDefault()?.Scope is not null) Header("Idempotency-Key", "Makes it safe to send the same request again within 24 hours.", required: false);

        void Header(string name, string description, bool required) =>
            operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Required = required, Description = description, Schema = Text(255) });
    }

    private static void DescribeProblems(OpenApiOperation operation, IList<object> metadata, string method, OpenApiDocument document)
    {
        var open = metadata.OfType<RequiredScope>().LastOrDefault()?.Scope is null;
        var statuses = metadata.OfType<ProblemStatus>().Select(p => p.Status).Concat([400, 406, 429, 500, 503]);
        if (!open) statuses = statuses.Concat([401, 403]);
        if (method == "POST") statuses = statuses.Concat([409, 413, 422]);
        foreach (var status in statuses.Distinct().Order())
        {
            operation.Responses!.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse
            {
                Description = DescriptionOf(status),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", document) } },
            });
        }
    }

    private static void DescribeResponses(OpenApiOperation operation, IList<object> metadata, string method)
    {
        var limited = !metadata.OfType<RateLimited>().Any(r => r == RateLimited.Never);
        if (method == "GET" && metadata.OfType<HasEtag>().Any()) operation.Responses!.TryAdd("304", new OpenApiResponse { Description = "The caller has it already." });
        foreach (var (status, response) in operation.Responses!.Select(r => (r.Key, Value: (OpenApiResponse)r.Value)))
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            if (string.IsNullOrEmpty(response.Description)) response.Description = DescriptionOf(int.Parse(status, CultureInfo.InvariantCulture));
            if (limited || status == "429") Header(response, "RateLimit", "What is left: `\"key\";r=299;t=42`.");
            if (limited || status == "429") Header(response, "RateLimit-Policy", "The quota: `\"key\";q=300;w=60`.");
            if (status is "429" or "503") response.Headers["Retry-After"] = new OpenApiHeader { Description = "Seconds to wait.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "0", Maximum = "86400" } };
            if (status[0] == '2' && metadata.OfType<HasEtag>().Any()) Header(response, "ETag", "The version of the resource.");
            if (status == "201") Header(response, "Location", "Its address.");
            Header(response, "Access-Control-Allow-Origin", "`*` on public reads; absent elsewhere.");
        }

        static void Header(OpenApiResponse response, string name, string description) => response.Headers![name] = new OpenApiHeader { Description = description, Schema = Text(2000) };
    }

    private static void BoundParameters(OpenApiOperation operation)
    {
        foreach (var schema in operation.Parameters!.Select(p => p.Schema).OfType<OpenApiSchema>())
        {
            if (schema is { Type: JsonSchemaType.String, MaxLength: null, Format: null, Enum: null or { Count: 0 } }) schema.MaxLength = 200;
        }
    }

    private static OpenApiSchema Text(int longest) => new() { Type = JsonSchemaType.String, MaxLength = longest };

    private static string DescriptionOf(int status) => status switch
    {
        200 => "Done.",
        201 => "Created.",
        202 => "Taken in; the work goes on.",
        204 => "Done; there is nothing to say.",
        302 => "Elsewhere; see Location.",
        304 => "The caller has it already.",
        400 => "The request cannot be read.",
        401 => "A valid key is needed.",
        403 => "The key does not have the scope.",
        404 => "Unknown, or not for this caller to know.",
        406 => "Accept allows none of the representations.",
        409 => "A rule or a race says no.",
        412 => "The resource has changed since the ETag was read.",
        413 => "The body is larger than 1 MiB.",
        415 => "The body is of another media type.",
        422 => "Well-formed but invalid; `errors` says where.",
        428 => "If-Match is needed.",
        429 => "Too many requests.",
        503 => "The database cannot be reached.",
        _ => "Something went wrong on our side.",
    };
}
