using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Mila.BuildingBlocks.Api;

/// <summary>406 where the caller accepts none of the representations that an operation declares.</summary>
internal static class Acceptable
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Accept.Count == 0
            || context.GetEndpoint() is not { } endpoint
            || !MediaTypeHeaderValue.TryParseList(context.Request.Headers.Accept, out var accepted))
        {
            return next(context);
        }

        var offered = endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>()
            .Where(p => p.StatusCode is >= 200 and < 300)
            .SelectMany(p => p.ContentTypes)
            .Select(c => new MediaTypeHeaderValue(c).MediaType)
            .ToArray();

        return offered.Length == 0 || Array.Exists(offered, o => Takes(accepted, o)) ? next(context) : ProblemPipeline.WriteAsync(context, ApiErrors.NotAcceptable);
    }

    /// <summary>The narrowest range that speaks of a media type decides (RFC 9110 section 12.5.1). Parameters such as charset decide nothing: all that we write is UTF-8.</summary>
    private static bool Takes(IList<MediaTypeHeaderValue> accepted, StringSegment mediaType) =>
        accepted.Where(a => a.MatchesMediaType(mediaType)).MinBy(a => a.MatchesAllTypes ? 2 : a.MatchesAllSubTypes ? 1 : 0) is { Quality: null or > 0 };
}
