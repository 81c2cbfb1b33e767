using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
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
            .Select(c => new MediaTypeHeaderValue(c))
            .ToArray();

        return offered.Length == 0 || accepted.Any(a => a.Quality is null or > 0 && Array.Exists(offered, o => o.IsSubsetOf(a) || a.MatchesMediaType("application/problem+json")))
            ? next(context)
            : ProblemPipeline.WriteAsync(context, ApiErrors.NotAcceptable);
    }
}
