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
/// A stream of changes (API.md R5): oldest first, followed by cursor for as long as the reader likes. Its positions are those of the transactions that wrote, so that one
/// which commits late is never behind a cursor. The statement is the slice's own; this reads the query and makes the page.
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
    public Ok<StreamPage<T>> Answer<T>(ListRequest request, StreamQuery query, IReadOnlyList<(StreamPosition At, T Item)> found)
    {
        var shown = found.Take(query.Limit).ToArray();
        var last = shown.Length > 0 ? shown[^1].At : query.After;
        var cursor = new Cursor(last.ToString(), Guid.Empty).Seal(SigningKeyOf(request), _ledger.Fingerprint(request, query.Filters));
        return TypedResults.Ok(new StreamPage<T>([.. shown.Select(s => s.Item)], found.Count > query.Limit ? request.NextUrl(cursor) : null, cursor));
    }

    private static byte[] SigningKeyOf(ListRequest request) => request.Context.RequestServices.GetRequiredService<SigningKey>().Bytes;
}

/// <summary>A place in a stream.</summary>
/// <param name="Transaction">The transaction that wrote it (PostgreSQL's <c>xid8</c>, decimal).</param>
/// <param name="Seq">Its sequence.</param>
public sealed record StreamPosition(string Transaction, long Seq)
{
    /// <summary>Before everything.</summary>
    public static readonly StreamPosition Start = new("0", 0);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Transaction}:{Seq}");

    internal static StreamPosition? Parse(string text) =>
        text.Split(':') is [var transaction, var seq] && ulong.TryParse(transaction, NumberStyles.None, CultureInfo.InvariantCulture, out _) && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new StreamPosition(transaction, number)
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
