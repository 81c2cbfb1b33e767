using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api.Lists;

/// <summary>
/// A stream of changes (API.md R5): oldest first, followed by cursor for as long as the reader likes. A cursor names an item, which the slice finds again and says where it
/// stands. The statement is the slice's own; this reads the query and makes the page.
/// </summary>
/// <param name="name">What it is a stream of: cursors of one stream do not fit another.</param>
/// <param name="filters">Names of the filters, each with one sentence.</param>
public sealed class StreamOf(string name, params (string Name, string Help)[] filters)
{
    private readonly LedgerOf _ledger = new(name, filters);

    internal ListDescription Description => _ledger.Description;

    /// <summary>What is asked, or the fault of the query.</summary>
    public Result<StreamQuery> Read(ListRequest request)
    {
        if (!_ledger.ReadWithout(request, "after").Succeeded(out var query, out var fault)) return fault;
        if (request.Context.Request.Query["after"] is not [{ } after]) return new StreamQuery(query.Limit, StreamPosition.Start, query.Filters);

        return Cursor.Open(after, SigningKeyOf(request), _ledger.Fingerprint(request, query.Filters)) is { } cursor && StreamPosition.Parse(cursor.Key) is { } position
            ? new StreamQuery(query.Limit, position, query.Filters)
            : ListErrors.At("after", "cursor-invalid", Languages.Say("This cursor does not belong to this query.", "Ce curseur n’appartient pas à cette requête."));
    }

    /// <summary>A fault of one parameter, found by the slice.</summary>
    public static Error Fault(string parameter, string code, string detail) => ListErrors.At(parameter, code, detail);

    /// <summary>The page, from what the slice found with <see cref="StreamQuery.Take"/>.</summary>
    /// <param name="request">The query.</param>
    /// <param name="query">The same, read.</param>
    /// <param name="found">What matches it.</param>
    /// <param name="end">Where the stream ended, matching or not: who has read all goes on from there, so that a cursor does not grow old while nothing matches.</param>
    public Ok<StreamPage<T>> Answer<T>(ListRequest request, StreamQuery query, IReadOnlyList<(StreamPosition At, T Item)> found, StreamPosition end)
    {
        var shown = found.Take(query.Limit).ToArray();
        var last = found.Count > query.Limit ? shown[^1].At : end;
        var cursor = new Cursor(last.ToString(), Guid.Empty).Seal(SigningKeyOf(request), _ledger.Fingerprint(request, query.Filters));
        return TypedResults.Ok(new StreamPage<T>([.. shown.Select(s => s.Item)], found.Count > query.Limit ? request.NextUrl(cursor) : null, cursor));
    }

    private static byte[] SigningKeyOf(ListRequest request) => request.Context.RequestServices.GetRequiredService<SigningKey>().Bytes;
}

/// <summary>A place in a stream.</summary>
/// <param name="Seq">The sequence of the item that stands there.</param>
/// <param name="Mark">By which the slice knows that item again.</param>
public sealed record StreamPosition(long Seq, string Mark)
{
    /// <summary>Before everything.</summary>
    public static readonly StreamPosition Start = new(0, "");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seq}:{Mark}");

    internal static StreamPosition? Parse(string text) =>
        text.Split(':') is [var seq, var mark] && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new StreamPosition(number, mark)
            : null;
}

/// <summary>What is asked of a stream.</summary>
/// <param name="Limit">Items on the page.</param>
/// <param name="After">Only what stands behind this place.</param>
/// <param name="Filters">The filters that were given, by name.</param>
public sealed record StreamQuery(int Limit, StreamPosition After, IReadOnlyDictionary<string, string> Filters)
{
    /// <summary>How many rows to fetch: one more than the page shows, to know whether there is a next one.</summary>
    public int Take => Limit + 1;
}

/// <summary>One page of a stream.</summary>
/// <param name="Items">At most <c>limit</c> items, the oldest first.</param>
/// <param name="Next">Absolute URL of the next page; null when there is nothing more at present.</param>
/// <param name="Cursor">To be kept: as <c>after</c> it asks for what comes later, also when there is nothing more at present.</param>
public sealed record StreamPage<T>(IReadOnlyList<T> Items, string? Next, string Cursor);

/// <summary>Routes of streams.</summary>
public static class StreamRouting
{
    /// <summary>A stream, whose query its definition describes.</summary>
    public static RouteHandlerBuilder MapStream(this IEndpointRouteBuilder routes, string pattern, Delegate handler, StreamOf stream) =>
        routes.MapGet(pattern, handler).WithMetadata(stream.Description).ProducesProblems(400);
}
