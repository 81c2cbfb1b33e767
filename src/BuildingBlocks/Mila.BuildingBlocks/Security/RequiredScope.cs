using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mila.BuildingBlocks.Security;

/// <summary>What an operation asks of its caller: a scope, or nothing when it is public. The last one stated wins, so a route overrules its group.</summary>
/// <param name="Scope">One of <see cref="Scopes"/>, or null for a public operation.</param>
public sealed record RequiredScope(string? Scope);

/// <summary>How an operation states whom it is for; one that states nothing refuses everybody, and the host does not start.</summary>
public static class RequiredScopeExtensions
{
    /// <summary>Only callers that hold this scope.</summary>
    /// <exception cref="ArgumentException">There is no such scope.</exception>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        if (!Scopes.All.Contains(scope)) throw new ArgumentException($"There is no scope {scope}.", nameof(scope));

        builder.Add(endpoint => endpoint.Metadata.Add(new RequiredScope(scope)));
        return builder;
    }

    /// <summary>Everybody, without a key. Scripts of other sites may read it too, when it is read by GET.</summary>
    public static TBuilder Public<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new RequiredScope(null)));
        // Routing sends a preflight to the route that would answer, but only when that route accepts preflights.
        builder.Finally(endpoint =>
        {
            var methods = endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault();
            if (IsPublicRead(endpoint.Metadata.OfType<RequiredScope>().LastOrDefault(), methods)) methods!.AcceptCorsPreflight = true;
        });
        return builder;
    }

    /// <summary>True for an operation without a key that only reads: what any site may embed.</summary>
    internal static bool IsPublicRead(this Endpoint endpoint) => IsPublicRead(endpoint.Metadata.GetMetadata<RequiredScope>(), endpoint.Metadata.GetMetadata<IHttpMethodMetadata>());

    private static bool IsPublicRead(RequiredScope? required, IHttpMethodMetadata? methods) =>
        required is { Scope: null } && methods?.HttpMethods.All(method => HttpMethods.IsGet(method) || HttpMethods.IsHead(method)) == true;
}
