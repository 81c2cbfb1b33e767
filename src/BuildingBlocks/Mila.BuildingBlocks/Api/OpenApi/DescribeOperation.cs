using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Infrastructure;
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
        DescribeScope(operation, metadata, method, context.Document);
        DescribeList(operation, metadata);
        DescribeHeaders(operation, metadata, method, context);
        DescribeProblems(operation, metadata, method, context);
        DescribeResponses(operation, metadata, method, context.Document);
        DescribePatch(operation, context);
        AllowValues(operation, context);
        BoundParameters(operation);
        // What it is, who may, and what else there is to say of it.
        var scope = metadata.OfType<RequiredScope>().LastOrDefault() is { } required ? $"Scope: `{required.Scope}`." : null;
        operation.Description = string.Join("\n\n", new[] { operation.Summary, scope, operation.Description }.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static void DescribeScope(OpenApiOperation operation, IList<object> metadata, string method, OpenApiDocument document)
    {
        var key = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] };
        var scope = metadata.OfType<RequiredScope>().LastOrDefault()?.Scope;
        if (scope is null)
        {
            // What anybody may send, a key may send too: then it counts as the key's.
            operation.Security = method == "GET" ? [] : [key, []];
            return;
        }

        operation.Security = [key];
        operation.AddExtension("x-scope", new JsonNodeExtension(JsonValue.Create(scope)));
    }

    private static void DescribeList(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<ListDescription>().LastOrDefault() is not { } list) return;

        Query("limit", "Items a page.", new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = "250", Default = JsonValue.Create(50) });
        Query("after", "Cursor of the page before; it belongs to one query.", Text(2000));
        if (list.Sorts.Length > 0) Query("sort", "One of the keys, after '-' for the other way round.", new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. list.Sorts.SelectMany(s => new[] { s, "-" + s }).Select(s => JsonValue.Create(s))] });
        foreach (var (name, help, values) in list.Filters)
        {
            Query(name, values is null ? help : $"{help} Of: {string.Join(", ", values)}.", Text(800));
        }

        void Query(string name, string description, OpenApiSchema schema) =>
            operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema });
    }

    private static void DescribeHeaders(OpenApiOperation operation, IList<object> metadata, string method, OperationFilterContext context)
    {
        foreach (var ours in operation.Parameters!.Where(p => p.Name is "list" or "patch" or "ifMatch" or "preconditions").ToList()) operation.Parameters!.Remove(ours);
        if (context.MethodInfo?.GetParameters().Any(p => p.ParameterType == typeof(IfMatch)) == true) Header("If-Match", "The ETag that was read; 428 without it, 412 when the resource has changed since.", required: true);
        if (context.MethodInfo?.GetParameters().Any(p => p.ParameterType == typeof(Preconditions)) == true)
        {
            Header("If-Match", "Only when the resource still is the one with this ETag; 412 otherwise.", required: false);
            Header("If-None-Match", "With *, only when there is no such resource yet; 412 otherwise.", required: false);
        }

        if (method == "GET" && metadata.OfType<HasEtag>().Any()) Header("If-None-Match", "The ETag that the caller has; 304 when it still is the current one.", required: false);
        if (method == "POST") Header("Idempotency-Key", "Makes it safe to send the same request again within 24 hours.", required: false);

        void Header(string name, string description, bool required) =>
            operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Required = required, Description = description, Schema = Text(255) });
    }

    private static void DescribeProblems(OpenApiOperation operation, IList<object> metadata, string method, OperationFilterContext context)
    {
        var open = metadata.OfType<RequiredScope>().LastOrDefault()?.Scope is null;
        var statuses = metadata.OfType<ProblemStatus>().Select(p => p.Status).Concat([400, 406, 429, 500, 503]);
        if (!open) statuses = statuses.Concat([401, 403]);
        if (method == "POST") statuses = statuses.Concat([409, 413, 422]);
        if (context.ApiDescription.RelativePath?.Contains('{', StringComparison.Ordinal) == true && !operation.Responses!.ContainsKey("302")) statuses = statuses.Append(404);
        if (operation.RequestBody is not null) statuses = statuses.Concat([413, 415, 422]);
        if (context.MethodInfo?.GetParameters().Any(p => p.ParameterType == typeof(IfMatch)) == true) statuses = statuses.Concat([412, 428]);
        foreach (var status in statuses.Distinct().Order())
        {
            operation.Responses!.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponseReference(ProblemResponse.IdOf(status), context.Document));
        }
    }

    private static void DescribeResponses(OpenApiOperation operation, IList<object> metadata, string method, OpenApiDocument document)
    {
        if (method == "GET" && metadata.OfType<HasEtag>().Any()) operation.Responses!.TryAdd("304", new OpenApiResponse { Description = StatusWords.Of(304) });
        foreach (var (status, response) in operation.Responses!.Where(r => r.Value is OpenApiResponse).Select(r => (r.Key, (OpenApiResponse)r.Value)))
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            SayMediaTypes(response, status, metadata);
            if (response.Description is null or "" or "OK") response.Description = StatusWords.Of(int.Parse(status, CultureInfo.InvariantCulture));
            foreach (var name in ContractHeaders.OfEveryAnswer) response.Headers[name] = new OpenApiHeaderReference(name, document);
            if (status[0] == '2' && metadata.OfType<HasEtag>().Any()) response.Headers["ETag"] = new OpenApiHeaderReference("ETag", document);
            if (method == "POST" && status[0] == '2') response.Headers["Idempotent-Replayed"] = new OpenApiHeaderReference("Idempotent-Replayed", document);
            if (status is "201" or "302" or "303") response.Headers["Location"] = new OpenApiHeaderReference("Location", document);
        }
    }

    /// <summary>Pages and feeds are declared by their media type alone.</summary>
    private static void SayMediaTypes(OpenApiResponse response, string status, IList<object> metadata)
    {
        if (response.Content is { Count: > 0 }) return;

        var types = metadata.OfType<IProducesResponseTypeMetadata>().Where(p => p.StatusCode.ToString(CultureInfo.InvariantCulture) == status).SelectMany(p => p.ContentTypes).Distinct(StringComparer.Ordinal);
        response.Content = types.ToDictionary(type => type, type => new OpenApiMediaType
        {
            Schema = type.EndsWith("json", StringComparison.Ordinal) ? new OpenApiSchema { Type = JsonSchemaType.Object } : Text(50 * JsonRules.MaxBytes),
            Example = type == "application/json" && metadata.OfType<BodyExample>().LastOrDefault() is { } example ? JsonNode.Parse(example.Json) : null,
        }, StringComparer.Ordinal);
    }

    /// <summary>A patch names what changes: nothing in it is required.</summary>
    private static void DescribePatch(OpenApiOperation operation, OperationFilterContext context)
    {
        if (operation.RequestBody?.Content?.TryGetValue("application/merge-patch+json", out var content) != true || content is not { Schema: OpenApiSchemaReference { Reference.Id: { } whole } }) return;

        var id = whole + "Patch";
        if (context.SchemaRepository.Schemas[whole] is OpenApiSchema { } schema && schema.CreateShallowCopy() is OpenApiSchema patch)
        {
            patch.Required = null;
            patch.Description = $"A merge-patch (RFC 7396) of {whole}: members that are named change, null removes, the rest stays.";
            context.SchemaRepository.Schemas[id] = patch;
        }

        content.Schema = new OpenApiSchemaReference(id, context.Document);
    }

    /// <summary>What a parameter may be, where that is closed and yet a text: its refusal is the module's own.</summary>
    private static void AllowValues(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in context.ApiDescription.ParameterDescriptions)
        {
            if ((parameter.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo.GetCustomAttribute<AllowedValuesAttribute>() is not { } allowed) continue;
            if (operation.Parameters!.FirstOrDefault(p => p.Name == parameter.Name)?.Schema is OpenApiSchema schema) (schema.MaxLength, schema.Enum) = (null, [.. allowed.Values.OfType<string>().Select(v => JsonValue.Create(v))]);
        }
    }

    private static void BoundParameters(OpenApiOperation operation)
    {
        foreach (var schema in operation.Parameters!.Select(p => p.Schema).OfType<OpenApiSchema>())
        {
            if (schema is { Type: JsonSchemaType.String, MaxLength: null, Enum: null or { Count: 0 } }) schema.MaxLength = schema.Format is null ? 200 : BoundSchema.LongestOf(schema.Format);
        }
    }

    private static OpenApiSchema Text(int longest) => new() { Type = JsonSchemaType.String, MaxLength = longest };
}
