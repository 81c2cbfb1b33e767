using System.Buffers.Binary;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api;

/// <summary>Strong entity tags made from document versions (API.md R3, RFC 9110 section 8.8.3).</summary>
public static class Etag
{
    /// <summary>The tag of a version, quotes included.</summary>
    public static string Of(Guid version) => $"\"{WebEncoders.Base64UrlEncode(version.ToByteArray())}\"";

    /// <summary>200 with the document's tag; 304 where the caller has it already.</summary>
    public static Tagged<T> Ok<T>(T value, IDocument document) => new(value, document.Version, null);

    /// <summary>The same where more than one document makes the answer: <paramref name="version"/> is of them all, see <see cref="Mixed"/>.</summary>
    public static Tagged<T> Ok<T>(T value, Guid version) => new(value, version, null);

    /// <summary>201 with a version that the caller knows, and the address.</summary>
    public static TaggedCreated<T> Created<T>(string location, T value, Guid version) => new(location, value, version);

    /// <summary>The version of a document that is shown with numbers from elsewhere: another number, another tag. Zeros change nothing.</summary>
    public static Guid Mixed(Guid version, params ReadOnlySpan<int> numbers)
    {
        Span<byte> bytes = stackalloc byte[16];
        version.TryWriteBytes(bytes);
        for (var i = 0; i < numbers.Length; i++)
        {
            var at = bytes.Slice(i % 4 * 4, 4);
            BinaryPrimitives.WriteInt32LittleEndian(at, BinaryPrimitives.ReadInt32LittleEndian(at) ^ numbers[i]);
        }

        return new Guid(bytes);
    }

    /// <summary>201 with the document's tag and its address.</summary>
    public static TaggedCreated<T> Created<T>(string location, T value, IDocument document) => new(location, value, document.Version);
}

/// <summary>200 with an ETag, or 304.</summary>
public sealed class Tagged<T> : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult, IValueHttpResult<T>
{
    private readonly Guid _version;

    internal Tagged(T value, Guid version, int? status) => (Value, _version, StatusCode) = (value, version, status ?? 200);

    /// <inheritdoc/>
    public T? Value { get; }

    /// <inheritdoc/>
    public int? StatusCode { get; }

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var tag = Etag.Of(_version);
        httpContext.Response.Headers.ETag = tag;
        if ((HttpMethods.IsGet(httpContext.Request.Method) || HttpMethods.IsHead(httpContext.Request.Method)) && IfNoneMatch(httpContext.Request, tag))
        {
            httpContext.Response.StatusCode = 304;
            return;
        }

        await httpContext.Response.WriteAsJsonAsync(Value, JsonRules.Options, httpContext.RequestAborted);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(T), ["application/json"]));
        builder.Metadata.Add(HasEtag.Instance);
    }

    private static bool IfNoneMatch(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags)
        && tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || string.Equals(t.Tag.Value, tag, StringComparison.Ordinal));
}

/// <summary>201 with an ETag and a Location.</summary>
public sealed class TaggedCreated<T> : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult, IValueHttpResult<T>
{
    private readonly Guid _version;
    private readonly string _location;

    internal TaggedCreated(string location, T value, Guid version) => (_location, Value, _version) = (location, value, version);

    /// <inheritdoc/>
    public T? Value { get; }

    /// <inheritdoc/>
    public int? StatusCode => 201;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = 201;
        httpContext.Response.Headers.ETag = Etag.Of(_version);
        httpContext.Response.Headers.Location = _location;
        await httpContext.Response.WriteAsJsonAsync(Value, JsonRules.Options, httpContext.RequestAborted);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(201, typeof(T), ["application/json"]));
        builder.Metadata.Add(HasEtag.Instance);
    }
}

/// <summary>Says in the API's description that the answer carries an ETag.</summary>
internal sealed class HasEtag
{
    public static readonly HasEtag Instance = new();
}

/// <summary>The <c>If-Match</c> of a change: binding refuses with 428 when it is absent.</summary>
public sealed class IfMatch
{
    private readonly IList<EntityTagHeaderValue> _tags;
    private readonly HttpContext _context;

    private IfMatch(HttpContext context, IList<EntityTagHeaderValue> tags) => (_context, _tags) = (context, tags);

    /// <summary>True when the caller has read this very version; else the refusal, and the answer shows the current tag.</summary>
    public bool Allows(IDocument document, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out ProblemHttpResult? refusal) => Allows(document.Version, out refusal);

    /// <summary>The same where more than one document makes the answer.</summary>
    public bool Allows(Guid version, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out ProblemHttpResult? refusal)
    {
        var current = Etag.Of(version);
        refusal = null;
        if (_tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || (!t.IsWeak && string.Equals(t.Tag.Value, current, StringComparison.Ordinal)))) return true;

        _context.Response.Headers.ETag = current;
        refusal = ApiErrors.Stale.ToProblem();
        return false;
    }

    /// <summary>Reads the header.</summary>
    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (context.Request.Headers.IfMatch.Count == 0) throw new RefusedException(ApiErrors.IfMatchNeeded);
        if (!EntityTagHeaderValue.TryParseList(context.Request.Headers.IfMatch, out var tags)) throw new RefusedException(ApiErrors.Unreadable.At(new FieldError("?If-Match", "malformed", Languages.Say("Not an entity tag.", "Ce n’est pas une étiquette d’entité."))));

        return ValueTask.FromResult<IfMatch?>(new IfMatch(context, tags));
    }
}
