using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Mila.BuildingBlocks.Api.Lists;

/// <summary>The query of a list, as it came; <see cref="ListOf{T}"/> decides what it may say.</summary>
public sealed class ListRequest
{
    private ListRequest(HttpContext context) => Context = context;

    internal HttpContext Context { get; }

    /// <summary>Binds from the request; never fails, because refusals are the definition's to give.</summary>
    public static ValueTask<ListRequest?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<ListRequest?>(new ListRequest(context));
}

/// <summary>One page of a list.</summary>
/// <param name="Items">At most <c>limit</c> items.</param>
/// <param name="Next">Absolute URL of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
