using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Api.RateLimiting;

namespace Mila.BuildingBlocks.Api;

/// <summary>Limits of requests (API.md R6).</summary>
public static class RateLimitingExtensions
{
    /// <summary>Reads <c>RateLimits__KeyPerMinute</c>, <c>RateLimits__AnonymousPerMinute</c> and <c>RateLimits__FormPerMinute</c>.</summary>
    public static IServiceCollection AddMilaRateLimits(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton(RateLimits.From(configuration)).AddSingleton<RequestLimiter>();

    /// <summary>Counts requests. After authentication, which says who is counted; before authorization, so that refused guesses count.</summary>
    public static IApplicationBuilder UseMilaRateLimits(this IApplicationBuilder app) => app.UseMiddleware<RateLimitMiddleware>();

    /// <summary>A form that anybody may post: fewer times a minute, when posted without a key.</summary>
    public static TBuilder PublicForm<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(RateLimited.AsForm));
        return builder;
    }

    /// <summary>What answers whether something that the caller has is good: a fifth as many times a minute as a key may ask for other things.</summary>
    public static TBuilder Guessable<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(RateLimited.AsGuess));
        return builder;
    }

    /// <summary>
    /// Where one tries whether a short code is good, and many do so rightly from one address: what <see cref="WasRight"/> says of is not counted, and the others as often as forms, whoever asks.
    /// Counted before it is known, so that many tries at once gain nothing.
    /// </summary>
    public static TBuilder CountsWrongTries<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(RateLimited.AsTrial));
        return builder;
    }

    /// <summary>This request tried something and was right: it does not count.</summary>
    public static void WasRight(this HttpContext context) => (context.Items[typeof(RequestLimiter.Counted)] as RequestLimiter.Counted)?.GiveBack();

    /// <summary>Feeds, pages, short codes and health: read by machines that share an address with many people.</summary>
    public static TBuilder NotLimited<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(RateLimited.Never));
        return builder;
    }
}
