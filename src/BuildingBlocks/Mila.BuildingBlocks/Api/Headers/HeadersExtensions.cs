using Microsoft.AspNetCore.Builder;
using Mila.BuildingBlocks.Api.Headers;

namespace Mila.BuildingBlocks.Api;

/// <summary>Headers that keep browsers and caches from doing harm (API.md R11).</summary>
public static class HeadersExtensions
{
    /// <summary>After routing, before everything that may answer.</summary>
    public static IApplicationBuilder UseMilaHeaders(this IApplicationBuilder app) => app.UseMiddleware<HeadersMiddleware>();

    /// <summary>A page that needs more than <see cref="ContentSecurityPolicy.Page"/> allows says what.</summary>
    public static TBuilder WithContentSecurityPolicy<TBuilder>(this TBuilder builder, string policy)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new ContentSecurityPolicy(policy)));
        return builder;
    }
}
