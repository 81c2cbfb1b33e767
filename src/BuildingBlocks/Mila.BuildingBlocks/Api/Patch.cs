using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api;

/// <summary>
/// A JSON Merge Patch (RFC 7396) on what <typeparamref name="T"/> says of a resource: members that are named change, <c>null</c> removes, the rest stays.
/// The outcome is read and validated as if it had been sent whole.
/// </summary>
public sealed class Patch<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private readonly JsonObject _changes;
    private readonly IValidator<T>? _validator;

    private Patch(JsonObject changes, IValidator<T>? validator) => (_changes, _validator) = (changes, validator);

    /// <summary>The names of the top-level members that the patch mentions.</summary>
    public IReadOnlyList<string> Names => [.. _changes.Select(c => c.Key)];

    /// <summary>What the resource would be, or why it cannot be that.</summary>
    public async Task<Result<T>> ApplyToAsync(T current, CancellationToken ct)
    {
        try
        {
            var merged = Merge(JsonSerializer.SerializeToNode(current, JsonRules.Options)!, _changes)!.AsObject();
            var wanted = merged.Deserialize<T>(JsonRules.Options)!;
            return _validator is null || await _validator.FaultsOfAsync(wanted, ct) is not { Count: > 0 } faults ? wanted : ApiErrors.Invalid.At(faults);
        }
        catch (JsonException e)
        {
            return ProblemPipeline.OfShape(e);
        }
    }

    /// <summary>Reads the body.</summary>
    public static async ValueTask<Patch<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.HasJsonContentType() || !context.Request.ContentType!.StartsWith("application/merge-patch+json", StringComparison.OrdinalIgnoreCase)) throw new RefusedException(ApiErrors.UnsupportedMediaType);

        if (context.Features.Get<RequestBody>() is { Bytes.IsEmpty: true }) throw new RefusedException(ApiErrors.Unreadable);

        var changes = await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body, JsonRules.Options, context.RequestAborted);
        return new Patch<T>(changes!, context.RequestServices.GetService<IValidator<T>>());
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/merge-patch+json"], typeof(T), isOptional: false));

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();

        var result = target as JsonObject ?? [];
        foreach (var (name, value) in changes)
        {
            if (value is null) result[name] = null;
            else result[name] = Merge(result[name]?.DeepClone(), value);
        }

        return result;
    }
}
