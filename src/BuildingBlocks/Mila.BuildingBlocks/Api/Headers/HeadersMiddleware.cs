using Microsoft.AspNetCore.Http;
using Mila.BuildingBlocks.Security;

namespace Mila.BuildingBlocks.Api.Headers;

/// <summary>Sets the headers as the answer starts, when it is known what the answer is, and answers preflights of public reads.</summary>
internal sealed class HeadersMiddleware(RequestDelegate next)
{
    private const string Exposed = "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After";
    private const string AllowedHeaders = "Accept, Accept-Language, Content-Type, If-None-Match";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state =>
        {
            Protect((HttpContext)state);
            return Task.CompletedTask;
        }, context);

        // Routing has found the operation that the announced request would reach, because .Public() said that it accepts preflights.
        if (!IsPreflight(context.Request) || !IsPublicRead(context)) return next(context);

        var headers = context.Response.Headers;
        headers.AccessControlAllowMethods = "GET, HEAD";
        headers.AccessControlAllowHeaders = AllowedHeaders;
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static void Protect(HttpContext context)
    {
        var (request, headers) = (context.Request, context.Response.Headers);
        var isPage = context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;
        var isEmbed = request.Path.StartsWithSegments("/embed", StringComparison.Ordinal);
        var isDocs = isPage && request.Path.StartsWithSegments("/docs", StringComparison.Ordinal);

        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = isPage ? "strict-origin-when-cross-origin" : "no-referrer";
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = context.GetEndpoint()?.Metadata.GetMetadata<ContentSecurityPolicy>()?.Value
                ?? (isEmbed ? ContentSecurityPolicy.Embed : isDocs ? ContentSecurityPolicy.Docs : isPage ? ContentSecurityPolicy.Page : ContentSecurityPolicy.Api);
        }

        // The header and not the caller: an answer to a bad key on a public route is as much for that request alone.
        if (request.Headers.Authorization.Count > 0 || context.Response.StatusCode >= 400) headers.CacheControl = "no-store";

        // Always, and not only when asked by a script: the answer may be cached and given to one later.
        if (IsPublicRead(context))
        {
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlExposeHeaders = Exposed;
        }
    }

    private static bool IsPublicRead(HttpContext context) => context.GetEndpoint()?.IsPublicRead() == true;

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.Origin.Count > 0 && request.Headers.AccessControlRequestMethod.Count > 0;
}
