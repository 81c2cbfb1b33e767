using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Mila.BuildingBlocks.Api.Lists;
using Mila.BuildingBlocks.Documents;

namespace Mila.BuildingBlocks.Api;

/// <summary>Routes as a table: one line each.</summary>
public static class Routing
{
    /// <summary>A POST whose body is validated before the slice sees it.</summary>
    public static RouteHandlerBuilder MapPost<TRequest>(this RouteGroupBuilder routes, string pattern, Delegate handler)
        where TRequest : class => routes.MapPost(pattern, handler).AddEndpointFilter(Validation.CheckAsync<TRequest>).Accepts<TRequest>("application/json").ProducesProblems(400, 413, 415, 422);

    /// <summary>A PUT whose body is validated before the slice sees it.</summary>
    public static RouteHandlerBuilder MapPut<TRequest>(this RouteGroupBuilder routes, string pattern, Delegate handler)
        where TRequest : class => routes.MapPut(pattern, handler).AddEndpointFilter(Validation.CheckAsync<TRequest>).Accepts<TRequest>("application/json").ProducesProblems(400, 413, 415, 422);

    /// <summary>A merge-patch, which needs <c>If-Match</c>.</summary>
    public static RouteHandlerBuilder MapMergePatch(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        routes.MapPatch(pattern, handler).ProducesProblems(400, 404, 409, 412, 413, 415, 422, 428);

    /// <summary>A list, whose query its definition describes.</summary>
    public static RouteHandlerBuilder MapList<T>(this IEndpointRouteBuilder routes, string pattern, Delegate handler, ListOf<T> list)
        where T : class, IDocument => routes.MapGet(pattern, handler).WithMetadata(list.Description).ProducesProblems(400);

    /// <summary>The statuses under which this operation answers a problem; 401, 403, 406, 429, 500 and 503 are said for all.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder builder, params int[] statuses)
    {
        foreach (var status in statuses) builder.WithMetadata(new ProblemStatus(status));
        return builder;
    }
}

/// <summary>One status under which an operation answers a problem.</summary>
internal sealed record ProblemStatus(int Status);
