using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mila.BuildingBlocks.Api;

/// <summary>The one place that takes a request again when it lost a race: new scope, new session, the same body. Then 409.</summary>
internal static class RaceRetry
{
    private const int Tries = 4;

    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }

        var original = context.RequestServices;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await next(context);
                    return;
                }
                catch (Exception e) when (attempt < Tries && !context.Response.HasStarted && IsLost(e))
                {
                    context.Features.Get<RequestBody>()?.Rewind(context.Request);
                    var scope = original.CreateAsyncScope();
                    context.Response.RegisterForDisposeAsync(scope);
                    context.RequestServices = scope.ServiceProvider;
                }
            }
        }
        finally
        {
            context.RequestServices = original;
        }
    }

    // Two that drew the same free name at once meet at a unique index: the loser looks again, and either draws the next or refuses in its own words.
    private static bool IsLost(Exception e) => ProblemPipeline.OfException(e) is { } error && (error == ApiErrors.Race || error == ApiErrors.AlreadyExists);
}
