using System.Globalization;
using Microsoft.AspNetCore.Http;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api.RateLimiting;

/// <summary>Says on every limited answer what is left (draft-ietf-httpapi-ratelimit-headers-10), and 429 when nothing is.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RequestLimiter limiter)
{
    internal static readonly ProtocolError TooMany = new(StatusCodes.Status429TooManyRequests, "too-many-requests",
        "Too many requests: wait for as many seconds as Retry-After says.",
        "Trop de requêtes : attendez le nombre de secondes indiqué par Retry-After.");

    public async Task InvokeAsync(HttpContext context)
    {
        if (limiter.Count(context) is not { } counted)
        {
            await next(context);
            return;
        }

        var (policy, standing) = (counted.Policy, counted.Standing);
        context.Items[typeof(RequestLimiter.Counted)] = counted;
        var seconds = ((long)Math.Ceiling(standing.Reset.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        // On starting, and not now: whoever answers a crash begins by clearing the headers.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy.Name}\";q={policy.Quota};w={RequestLimiter.Window.TotalSeconds}");
            context.Response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy.Name}\";r={counted.Remaining};t={seconds}");
            return Task.CompletedTask;
        });

        if (standing.Allowed)
        {
            await next(context);
            return;
        }

        context.Response.Headers.RetryAfter = seconds;
        await ProblemPipeline.WriteAsync(context, TooMany);
    }
}
