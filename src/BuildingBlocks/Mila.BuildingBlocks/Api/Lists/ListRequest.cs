using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Pages;

namespace Mila.BuildingBlocks.Api.Lists;

/// <summary>The query of a list, as it came; <see cref="ListOf{T}"/> decides what it may say.</summary>
public sealed class ListRequest
{
    private ListRequest(HttpContext context) => Context = context;

    internal HttpContext Context { get; }

    /// <summary>Binds from the request; never fails, because refusals are the definition's to give.</summary>
    public static ValueTask<ListRequest?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<ListRequest?>(new ListRequest(context));

    /// <summary>The absolute address of the page after this one, which also goes into <c>Link</c>.</summary>
    internal string NextUrl(string cursor)
    {
        var request = Context.Request;
        var query = new QueryBuilder(request.Query.Where(q => q.Key != "after").SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v ?? ""))) { { "after", cursor } };
        var next = Context.RequestServices.GetRequiredService<PublicAddress>().Of(request, request.Path.ToUriComponent() + query.ToQueryString().ToUriComponent());
        Context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return next;
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">At most <c>limit</c> items.</param>
/// <param name="Next">Absolute URL of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
