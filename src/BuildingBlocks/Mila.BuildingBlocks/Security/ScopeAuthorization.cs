using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mila.BuildingBlocks.Api;

namespace Mila.BuildingBlocks.Security;

/// <summary>The one policy, for every operation: its <see cref="RequiredScope"/> is public or held by the caller.</summary>
internal sealed class ScopeRequirement : IAuthorizationRequirement;

internal sealed class ScopeAuthorization : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.Resource is HttpContext http && Opens(http.GetEndpoint(), Caller.From(context.User))) context.Succeed(requirement);
        return Task.CompletedTask;
    }

    // No route matched, or routing itself answers 405 or 415: there is nothing of ours behind it, and the answer is not 401.
    private static bool Opens(Endpoint? endpoint, Caller caller) =>
        endpoint is not RouteEndpoint
        || endpoint.Metadata.GetMetadata<RequiredScope>() switch
        {
            null => false,
            { Scope: null } => true,
            { Scope: { } scope } => caller.Has(scope),
        };
}

/// <summary>Says 401 and 403 as problems.</summary>
internal sealed class ScopeRefusals : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        if (authorizeResult.Forbidden) return ProblemPipeline.WriteAsync(context, SecurityErrors.ScopeMissing(context.GetEndpoint()?.Metadata.GetMetadata<RequiredScope>()?.Scope));

        // The same for no key and for a bad one, whatever is wrong with it.
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemPipeline.WriteAsync(context, ApiErrors.Unauthenticated);
    }
}
