using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Mila.BuildingBlocks.Pages;

namespace Mila.Events.Feeds;

/// <summary>
/// Answers what was asked before at the same address, ahead of the pipeline: the first answer goes all the way, and the headers that it came out with are
/// those of the next. Whoever sends a key, or asks for another media type, goes all the way each time.
/// </summary>
internal sealed class FeedsFirst(PublicAgenda agenda) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(ServeAsync);
        next(app);
    };

    private Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsPlain(context.Request) || agenda.Edition is not { } edition) return next(context);

        var address = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return edition.Known(address) is { } known ? known.WriteAsync(context) : AnswerAndRememberAsync(context, next, edition, address);
    }

    // A method of its own: what is kept for the end of the answer would else be made for every request.
    private static Task AnswerAndRememberAsync(HttpContext context, RequestDelegate next, AgendaEdition edition, string address)
    {
        // Registered before all others, so it runs after them, when every header is set.
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == StatusCodes.Status200OK && context.Features.Get<ServedBytes>() is { } bytes) edition.Remember(address, new KnownAnswer(bytes, context.Response.Headers));
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static bool IsPlain(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Path.Value!.StartsWith("/feeds/", StringComparison.Ordinal) && request.Headers.Authorization.Count == 0
        && (request.Headers.Accept.Count == 0 || request.Headers.Accept == "*/*");
}

/// <summary>An answer that was given once: bytes, and what the pipeline said beside them.</summary>
internal sealed class KnownAnswer
{
    private static readonly HashSet<string> OfTheBytes = new(
        [
            HeaderNames.CacheControl, HeaderNames.ContentEncoding, HeaderNames.ContentLength, HeaderNames.ContentType, HeaderNames.Date, HeaderNames.ETag, HeaderNames.LastModified, HeaderNames.TransferEncoding,
            HeaderNames.Vary,
        ],
        StringComparer.OrdinalIgnoreCase);

    private readonly ServedBytes _bytes;
    private readonly KeyValuePair<string, StringValues>[] _headers;

    public KnownAnswer(ServedBytes bytes, IHeaderDictionary headers) => (_bytes, _headers) = (bytes, [.. headers.Where(h => !OfTheBytes.Contains(h.Key))]);

    public Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        foreach (var (name, value) in _headers) headers[name] = value;
        return _bytes.WriteAsync(context);
    }
}
